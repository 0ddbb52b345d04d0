// Inserts the dashes while a code is typed or pasted. Without this script the server takes the code as it comes.
(() => {
  const field = document.getElementById("code");
  const mask = field.dataset.mask;
  const dash = /[^\p{L}\p{N}]/gu;

  const grouped = (characters, closes) => {
    let text = "";
    let next = 0;
    for (const place of mask) {
      if (next === characters.length && (place === "*" || !closes)) break;
      text += place === "*" ? characters[next++] : place;
    }
    return text + characters.slice(next).join("");
  };

  // Of a pasted address or sentence, the last word is the code, or the last two; the server reads it the same way.
  const length = mask.replace(/[^*]/g, "").length;
  const plain = (text) => [...text.replace(dash, "")].length;
  const pasted = (text) => {
    const words = text.trim().split(/[^\p{L}\p{N}-]+/u);
    if (words.length < 2 || plain(text) <= length) return text;
    return plain(words.at(-1)) >= length ? words.at(-1) : words.slice(-2).join("");
  };

  const arrange = (event) => {
    if (event?.isComposing) return;
    if (event?.inputType === "insertFromPaste") field.value = pasted(field.value);
    const erasing = event?.inputType?.startsWith("delete") ?? false;
    const before = [...field.value.slice(0, field.selectionEnd).replace(dash, "")].length;
    const characters = [...field.value.replace(dash, "")].map((c) => c.toUpperCase()).flatMap((c) => [...c]);
    const atEnd = before >= characters.length;
    field.value = grouped(characters, atEnd && !erasing && characters.length > 0);
    const caret = atEnd ? field.value.length : grouped(characters.slice(0, before), !erasing).length;
    if (document.activeElement === field) field.setSelectionRange(caret, caret);
  };

  field.addEventListener("input", arrange);
  field.addEventListener("compositionend", arrange);
  field.addEventListener("input", () => field.removeAttribute("aria-invalid"), { once: true });
  if (field.value) {
    field.setSelectionRange(field.value.length, field.value.length);
    arrange();
  }
})();
