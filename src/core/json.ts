/** Reading of JSON that a stranger wrote: nothing is assumed, own properties only, no prototype is ever touched. */

export type JsonObject = { readonly [key: string]: unknown };

/** The value that these bytes hold; undefined when they are no JSON (or too deep for the parser). */
export function parseJson(bytes: Uint8Array | string): unknown {
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property of this name, undefined when `value` is no object or has none. */
export function property(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The property as a string, undefined when it is none. */
export function textProperty(value: unknown, name: string): string | undefined {
  const found = property(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** The property as a finite number, undefined when it is none. */
export function numberProperty(value: unknown, name: string): number | undefined {
  const found = property(value, name);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** The property as a list, empty when it is none. */
export function listProperty(value: unknown, name: string): readonly unknown[] {
  const found = property(value, name);
  return Array.isArray(found) ? found : [];
}

/** The property as a map of strings; values that are no strings are left out. */
export function textMapProperty(value: unknown, name: string): ReadonlyMap<string, string> {
  const found = property(value, name);
  if (!isObject(found)) return new Map();
  return new Map(Object.entries(found).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

/** A map as JSON text, in the map's order, safe for names such as `__proto__`; maps inside it are written alike. */
export function mapToJson(map: ReadonlyMap<string, unknown>): string {
  const members = [...map].flatMap(([key, value]) => {
    if (value === undefined) return [];
    const text = value instanceof Map ? mapToJson(value) : toJson(value);
    return [`${toJson(key)}:${text}`];
  });
  return `{${members.join(',')}}`;
}

/**
 * A value as JSON text of printable characters: what cannot be seen or turns the direction of text is written as
 * `\uXXXX`, so it means the same and does nothing on the way (SAFETY.md T25).
 * @param indent spaces; 0 for one line
 */
export function toJson(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, undefined, indent);
  return text.replaceAll(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => unitEscape(character.charCodeAt(at))).join(''),
  );
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
