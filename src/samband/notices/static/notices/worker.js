// The service worker: shows that there is something new, and opens the inbox. Keeps nothing, answers for no page.
const WORDS = {
  sv: (n) => (n === 1 ? "Du har 1 nytt meddelande i inkorgen." : `Du har ${n} nya meddelanden i inkorgen.`),
  en: (n) => (n === 1 ? "You have 1 new notice in your inbox." : `You have ${n} new notices in your inbox.`),
};

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data?.json() ?? {}; } catch { told = {}; }
  const count = Number.isInteger(told.n) && told.n > 0 ? told.n : 1;
  const words = WORDS[told.lang] ?? WORDS.sv;
  event.waitUntil(self.registration.showNotification("Samband", { body: words(count), tag: "samband-inbox", renotify: true }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    for (const page of open) if (new URL(page.url).pathname === "/inbox/") return page.focus();
    return self.clients.openWindow("/inbox/");
  })());
});
