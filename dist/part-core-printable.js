import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);


// src/core/printable.ts
var UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
function printable(text) {
  return text.replaceAll(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
function clipped(text, limit) {
  if (text.length <= limit) return text;
  const cut = text.slice(0, Math.max(limit - 1, 0));
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
function quoted(text, limit = 300) {
  return `"${clipped(printable(text), limit).replaceAll('"', "'")}"`;
}

export {
  printable,
  clipped,
  quoted
};
