/*
 * Expressions of GitHub Actions (docs.github.com "Evaluate expressions in workflows and actions"):
 *
 *   or      := and *( "||" and )
 *   and     := compare *( "&&" compare )
 *   compare := unary *( ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) unary )
 *   unary   := *"!" primary
 *   primary := literal | name "(" [ or *( "," or ) ] ")" | path | "(" or ")"
 *   path    := name *( "." name | ".*" | "[" or "]" )
 *   literal := "'" *( any | "''" ) "'" | number | "true" | "false" | "null"
 */

/** An expression as far as it can give a text. */
export type Expression =
  /** A text literal without escapes stands at `from` to `to`. */
  | { readonly kind: 'literal'; readonly text: string; readonly from: number; readonly to: number }
  /** `matrix.node`, in lower case where GitHub does not tell cases apart. */
  | { readonly kind: 'path'; readonly path: readonly string[] }
  | { readonly kind: 'or' | 'and'; readonly operands: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  /** A comparison, a number: nothing that names an image by itself. */
  | { readonly kind: 'other'; readonly what: string };

/** More nested expressions are passed over. */
const MAX_DEPTH = 32;

interface Reader {
  readonly text: string;
  at: number;
  readonly end: number;
  depth: number;
}

/** The expression between `from` and `to`; undefined when it is none. */
export function readExpression(text: string, from: number, to: number): Expression | undefined {
  const reader: Reader = { text, at: from, end: to, depth: 0 };
  const expression = readChain(reader, 'or');
  skipBlanks(reader);
  return reader.at < to ? undefined : expression;
}

function readChain(reader: Reader, kind: 'or' | 'and'): Expression | undefined {
  const operator = kind === 'or' ? '||' : '&&';
  const operands: Expression[] = [];
  do {
    const operand = kind === 'or' ? readChain(reader, 'and') : readComparison(reader);
    if (operand === undefined) return undefined;
    operands.push(operand);
  } while (takeText(reader, operator));
  return operands.length === 1 ? operands[0] : { kind, operands };
}

function readComparison(reader: Reader): Expression | undefined {
  let left = readUnary(reader);
  while (left !== undefined && ['==', '!=', '<=', '>=', '<', '>'].some((operator) => takeText(reader, operator))) {
    left = readUnary(reader) === undefined ? undefined : { kind: 'other', what: 'a comparison' };
  }
  return left;
}

function readUnary(reader: Reader): Expression | undefined {
  let negated = false;
  while (takeText(reader, '!')) negated = true;
  const operand = readPrimary(reader);
  return negated && operand !== undefined ? { kind: 'other', what: 'a comparison' } : operand;
}

function readPrimary(reader: Reader): Expression | undefined {
  skipBlanks(reader);
  const unit = reader.text[reader.at] ?? '';
  if (reader.at >= reader.end) return undefined;
  if (unit === "'") return readLiteral(reader);
  if (takeText(reader, '(')) {
    if (++reader.depth > MAX_DEPTH) return undefined;
    const inner = readChain(reader, 'or');
    reader.depth--;
    return takeText(reader, ')') ? inner : undefined;
  }
  if (/[A-Za-z_]/.test(unit)) return readPath(reader);
  const number = takeWhile(reader, /[\w.+-]/);
  return number === '' ? undefined : { kind: 'other', what: 'a number' };
}

function readLiteral(reader: Reader): Expression | undefined {
  const from = reader.at + 1;
  let at = from;
  while (at < reader.end && (reader.text[at] !== "'" || reader.text[at + 1] === "'")) {
    at += reader.text[at] === "'" ? 2 : 1;
  }
  if (at >= reader.end) return undefined;
  reader.at = at + 1;
  const written = reader.text.slice(from, at);
  return { kind: 'literal', text: written.replaceAll("''", "'"), from, to: at };
}

function readPath(reader: Reader): Expression | undefined {
  const path = [takeWhile(reader, /[\w-]/)];
  for (;;) {
    if (takeText(reader, '(')) return readCall(reader, path.join('.'));
    if (takeText(reader, '.')) path.push(takeText(reader, '*') ? '*' : takeWhile(reader, /[\w-]/));
    else if (takeText(reader, '[')) {
      if (++reader.depth > MAX_DEPTH) return undefined;
      const index = readChain(reader, 'or');
      reader.depth--;
      if (index === undefined || !takeText(reader, ']')) return undefined;
      path.push(index.kind === 'literal' ? index.text : '*');
    } else break;
  }
  const name = path[0] ?? '';
  if (path.length > 1) return { kind: 'path', path };
  return { kind: 'other', what: name };
}

function readCall(reader: Reader, name: string): Expression | undefined {
  if (++reader.depth > MAX_DEPTH) return undefined;
  const operands: Expression[] = [];
  if (!takeText(reader, ')')) {
    do {
      const operand = readChain(reader, 'or');
      if (operand === undefined) return undefined;
      operands.push(operand);
    } while (takeText(reader, ','));
    if (!takeText(reader, ')')) return undefined;
  }
  reader.depth--;
  return { kind: 'call', name, operands };
}

function skipBlanks(reader: Reader): void {
  while (reader.at < reader.end && /\s/.test(reader.text[reader.at] ?? '')) reader.at++;
}

function takeText(reader: Reader, text: string): boolean {
  skipBlanks(reader);
  if (reader.at + text.length > reader.end || !reader.text.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

function takeWhile(reader: Reader, unit: RegExp): string {
  const from = reader.at;
  while (reader.at < reader.end && unit.test(reader.text[reader.at] ?? '')) reader.at++;
  return reader.text.slice(from, reader.at);
}
