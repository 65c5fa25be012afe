// Notices on this device: asked for by the reader, subscribed with the server's key, told to the server with a name.
const place = document.querySelector("[data-push]");
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const subscribe = async () => {
  const worker = await navigator.serviceWorker.register(place.dataset.worker, { scope: "/inbox/" });
  const known = await worker.pushManager.getSubscription();
  const key = bytes(place.dataset.key);
  // A subscription under another key than the server's is of no use: the key was changed.
  if (known && text(known.options.applicationServerKey) !== place.dataset.key) await known.unsubscribe();
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
};

const tell = async (found, name) => {
  const form = new FormData();
  form.set("name", name);
  form.set("endpoint", found.endpoint);
  form.set("p256dh", text(found.getKey("p256dh")));
  form.set("auth", text(found.getKey("auth")));
  const token = document.querySelector('meta[name="csrf-token"]')?.content || "";
  const answer = await fetch(place.dataset.add, { method: "POST", body: form, headers: { "X-CSRFToken": token } });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error || "");
};

if (place && able) {
  place.hidden = false;
  document.querySelector("[data-push-none]").hidden = true;
  const error = place.querySelector("[data-push-error]");
  const say = (words) => { error.textContent = words; error.hidden = !words; };
  const button = place.querySelector("[data-push-add]");
  button.addEventListener("click", async () => {
    const field = place.querySelector("#device-name");
    if (!field.value.trim()) { field.focus(); return; }
    button.disabled = true;
    say("");
    try {
      if ((await Notification.requestPermission()) !== "granted") say(error.dataset.denied);
      else { await tell(await subscribe(), field.value.trim()); location.reload(); }
    } catch (problem) {
      say(problem instanceof DOMException || !problem.message ? error.dataset.failed : problem.message);
    }
    button.disabled = false;
  });
}
