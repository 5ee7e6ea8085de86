import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);


// src/core/errors.ts
var UserError = class extends Error {
  code;
  hint;
  constructor(code, message, hint, options) {
    super(message, options);
    this.name = "UserError";
    this.code = code;
    this.hint = hint;
  }
};
function sentencesOf({ message, hint }) {
  return [message, hint].map((text) => /[.!?…]$/.test(text) ? text : `${text}.`).join(" ");
}
function documentationOf(code) {
  return `docs/errors.md#${code}`;
}

// src/core/json.ts
function parseJson(bytes) {
  const text = typeof bytes === "string" ? bytes : new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function property(value, name) {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : void 0;
}
function textProperty(value, name) {
  const found = property(value, name);
  return typeof found === "string" ? found : void 0;
}
function numberProperty(value, name) {
  const found = property(value, name);
  return typeof found === "number" && Number.isFinite(found) ? found : void 0;
}
function listProperty(value, name) {
  const found = property(value, name);
  return Array.isArray(found) ? found : [];
}
function textMapProperty(value, name) {
  const found = property(value, name);
  if (!isObject(found)) return /* @__PURE__ */ new Map();
  return new Map(Object.entries(found).filter((pair) => typeof pair[1] === "string"));
}
function mapToJson(map) {
  const members = [...map].flatMap(([key, value]) => {
    if (value === void 0) return [];
    const text = value instanceof Map ? mapToJson(value) : toJson(value);
    return [`${toJson(key)}:${text}`];
  });
  return `{${members.join(",")}}`;
}
function toJson(value, indent = 0) {
  const text = JSON.stringify(value, void 0, indent);
  return text.replaceAll(
    /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => Array.from({ length: character.length }, (_, at) => unitEscape(character.charCodeAt(at))).join("")
  );
}
function unitEscape(unit) {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

// src/registry/http.ts
var TransportError = class extends UserError {
  /** Whether the same request may succeed when it is sent again. */
  retryable;
  /** Whether the server may speak plain http: it did not get as far as showing a certificate. */
  mayBePlainHttp;
  constructor(code, message, hint, retryable, options) {
    super(code, message, hint, options);
    this.name = "TransportError";
    this.retryable = retryable;
    this.mayBePlainHttp = options?.mayBePlainHttp ?? false;
  }
};

export {
  UserError,
  sentencesOf,
  documentationOf,
  parseJson,
  isObject,
  property,
  textProperty,
  numberProperty,
  listProperty,
  textMapProperty,
  mapToJson,
  toJson,
  TransportError
};
