// Read aloud with a voice that lives on the device: nothing that stands on the page leaves it. No such voice, no button.
const buttons = [...document.querySelectorAll("[data-read]")];
const speech = window.speechSynthesis;
const language = document.documentElement.lang.slice(0, 2);
const voice = () => speech?.getVoices().find((v) => v.localService && v.lang.toLowerCase().startsWith(language));
const show = () => buttons.forEach((button) => { button.hidden = !voice(); });

const words = (root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("[hidden], [aria-hidden], [data-read], details:not([open]) > :not(summary), .who")) return NodeFilter.FILTER_REJECT;
      return parent.offsetParent === null ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    },
  });
  const blocks = [];
  let last = null;
  while (walker.nextNode()) {
    const block = walker.currentNode.parentElement.closest("li, p, h1, h2, h3, a, button, blockquote, td, summary");
    const text = walker.currentNode.data.replace(/\s+/g, " ");
    if (block && block === last) blocks[blocks.length - 1] += text; else blocks.push(text);
    last = block;
  }
  return blocks.map((text) => text.trim()).filter(Boolean);
};

const stop = (button) => {
  speech.cancel();
  button.querySelector("[data-read-word]").textContent = button.dataset.word;
  button.setAttribute("aria-pressed", "false");
};
for (const button of buttons) {
  const word = button.querySelector("[data-read-word]");
  button.dataset.word = word.textContent;
  button.addEventListener("click", () => {
    if (speech.speaking) { stop(button); return; }
    const texts = words(document.querySelector(button.dataset.read));
    texts.forEach((text, i) => {
      const say = new SpeechSynthesisUtterance(text.replace(/(\d\d)\.(\d\d)/g, "$1:$2"));
      say.voice = voice();
      say.lang = say.voice.lang;
      say.rate = 0.95;
      if (i === texts.length - 1) say.onend = () => stop(button);
      speech.speak(say);
    });
    word.textContent = word.dataset.stop;
    button.setAttribute("aria-pressed", "true");
  });
}
if (speech) { show(); speech.addEventListener?.("voiceschanged", show); addEventListener("pagehide", () => speech.cancel()); }
