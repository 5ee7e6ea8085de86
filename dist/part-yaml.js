import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  contextName
} from "./part-core-build-context.js";
import {
  nameOf,
  parseReference
} from "./part-core-reference-problem.js";
import {
  LIMITS
} from "./part-core-limits.js";
import {
  UserError,
  parseJson
} from "./part-core-json.js";
import {
  __commonJS,
  __esm,
  __export,
  __toCommonJS,
  __toESM
} from "./part-shared.js";

// scripts/stubs/yaml-cst.ts
var yaml_cst_exports = {};
__export(yaml_cst_exports, {
  notBundled: () => notBundled
});
function notBundled() {
  throw new Error("only the lexer of yaml is part of this bundle");
}
var init_yaml_cst = __esm({
  "scripts/stubs/yaml-cst.ts"() {
  }
});

// node_modules/yaml/dist/parse/cst.js
var require_cst = __commonJS({
  "node_modules/yaml/dist/parse/cst.js"(exports) {
    "use strict";
    var cstScalar = (init_yaml_cst(), __toCommonJS(yaml_cst_exports));
    var cstStringify = (init_yaml_cst(), __toCommonJS(yaml_cst_exports));
    var cstVisit = (init_yaml_cst(), __toCommonJS(yaml_cst_exports));
    var BOM = "\uFEFF";
    var DOCUMENT2 = "";
    var FLOW_END2 = "";
    var SCALAR2 = "";
    var isCollection = (token) => !!token && "items" in token;
    var isScalar = (token) => !!token && (token.type === "scalar" || token.type === "single-quoted-scalar" || token.type === "double-quoted-scalar" || token.type === "block-scalar");
    function prettyToken(token) {
      switch (token) {
        case BOM:
          return "<BOM>";
        case DOCUMENT2:
          return "<DOC>";
        case FLOW_END2:
          return "<FLOW_END>";
        case SCALAR2:
          return "<SCALAR>";
        default:
          return JSON.stringify(token);
      }
    }
    function tokenType(source) {
      switch (source) {
        case BOM:
          return "byte-order-mark";
        case DOCUMENT2:
          return "doc-mode";
        case FLOW_END2:
          return "flow-error-end";
        case SCALAR2:
          return "scalar";
        case "---":
          return "doc-start";
        case "...":
          return "doc-end";
        case "":
        case "\n":
        case "\r\n":
          return "newline";
        case "-":
          return "seq-item-ind";
        case "?":
          return "explicit-key-ind";
        case ":":
          return "map-value-ind";
        case "{":
          return "flow-map-start";
        case "}":
          return "flow-map-end";
        case "[":
          return "flow-seq-start";
        case "]":
          return "flow-seq-end";
        case ",":
          return "comma";
      }
      switch (source[0]) {
        case " ":
        case "	":
          return "space";
        case "#":
          return "comment";
        case "%":
          return "directive-line";
        case "*":
          return "alias";
        case "&":
          return "anchor";
        case "!":
          return "tag";
        case "'":
          return "single-quoted-scalar";
        case '"':
          return "double-quoted-scalar";
        case "|":
        case ">":
          return "block-scalar-header";
      }
      return null;
    }
    exports.createScalarToken = cstScalar.createScalarToken;
    exports.resolveAsScalar = cstScalar.resolveAsScalar;
    exports.setScalarValue = cstScalar.setScalarValue;
    exports.stringify = cstStringify.stringify;
    exports.visit = cstVisit.visit;
    exports.BOM = BOM;
    exports.DOCUMENT = DOCUMENT2;
    exports.FLOW_END = FLOW_END2;
    exports.SCALAR = SCALAR2;
    exports.isCollection = isCollection;
    exports.isScalar = isScalar;
    exports.prettyToken = prettyToken;
    exports.tokenType = tokenType;
  }
});

// node_modules/yaml/dist/parse/lexer.js
var require_lexer = __commonJS({
  "node_modules/yaml/dist/parse/lexer.js"(exports) {
    "use strict";
    var cst = require_cst();
    function isEmpty4(ch) {
      switch (ch) {
        case void 0:
        case " ":
        case "\n":
        case "\r":
        case "	":
          return true;
        default:
          return false;
      }
    }
    var hexDigits = new Set("0123456789ABCDEFabcdef");
    var tagChars = new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
    var flowIndicatorChars = new Set(",[]{}");
    var invalidAnchorChars = new Set(" ,[]{}\n\r	");
    var isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
    var Lexer2 = class {
      constructor() {
        this.atEnd = false;
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        this.buffer = "";
        this.flowKey = false;
        this.flowLevel = 0;
        this.indentNext = 0;
        this.indentValue = 0;
        this.lineEndPos = null;
        this.next = null;
        this.pos = 0;
      }
      /**
       * Generate YAML tokens from the `source` string. If `incomplete`,
       * a part of the last line may be left as a buffer for the next call.
       *
       * @returns A generator of lexical tokens
       */
      *lex(source, incomplete = false) {
        if (source) {
          if (typeof source !== "string")
            throw TypeError("source is not a string");
          this.buffer = this.buffer ? this.buffer + source : source;
          this.lineEndPos = null;
        }
        this.atEnd = !incomplete;
        let next = this.next ?? "stream";
        while (next && (incomplete || this.hasChars(1)))
          next = yield* this.parseNext(next);
      }
      atLineEnd() {
        let i = this.pos;
        let ch = this.buffer[i];
        while (ch === " " || ch === "	")
          ch = this.buffer[++i];
        if (!ch || ch === "#" || ch === "\n")
          return true;
        if (ch === "\r")
          return this.buffer[i + 1] === "\n";
        return false;
      }
      charAt(n) {
        return this.buffer[this.pos + n];
      }
      continueScalar(offset) {
        let ch = this.buffer[offset];
        if (this.indentNext > 0) {
          let indent = 0;
          while (ch === " ")
            ch = this.buffer[++indent + offset];
          if (ch === "\r") {
            const next = this.buffer[indent + offset + 1];
            if (next === "\n" || !next && !this.atEnd)
              return offset + indent + 1;
          }
          return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset + indent : -1;
        }
        if (ch === "-" || ch === ".") {
          const dt = this.buffer.substr(offset, 3);
          if ((dt === "---" || dt === "...") && isEmpty4(this.buffer[offset + 3]))
            return -1;
        }
        return offset;
      }
      getLine() {
        let end = this.lineEndPos;
        if (typeof end !== "number" || end !== -1 && end < this.pos) {
          end = this.buffer.indexOf("\n", this.pos);
          this.lineEndPos = end;
        }
        if (end === -1)
          return this.atEnd ? this.buffer.substring(this.pos) : null;
        if (this.buffer[end - 1] === "\r")
          end -= 1;
        return this.buffer.substring(this.pos, end);
      }
      hasChars(n) {
        return this.pos + n <= this.buffer.length;
      }
      setNext(state) {
        this.buffer = this.buffer.substring(this.pos);
        this.pos = 0;
        this.lineEndPos = null;
        this.next = state;
        return null;
      }
      peek(n) {
        return this.buffer.substr(this.pos, n);
      }
      *parseNext(next) {
        switch (next) {
          case "stream":
            return yield* this.parseStream();
          case "line-start":
            return yield* this.parseLineStart();
          case "block-start":
            return yield* this.parseBlockStart();
          case "doc":
            return yield* this.parseDocument();
          case "flow":
            return yield* this.parseFlowCollection();
          case "quoted-scalar":
            return yield* this.parseQuotedScalar();
          case "block-scalar":
            return yield* this.parseBlockScalar();
          case "plain-scalar":
            return yield* this.parsePlainScalar();
        }
      }
      *parseStream() {
        let line = this.getLine();
        if (line === null)
          return this.setNext("stream");
        if (line[0] === cst.BOM) {
          yield* this.pushCount(1);
          line = line.substring(1);
        }
        if (line[0] === "%") {
          let dirEnd = line.length;
          let cs = line.indexOf("#");
          while (cs !== -1) {
            const ch = line[cs - 1];
            if (ch === " " || ch === "	") {
              dirEnd = cs - 1;
              break;
            } else {
              cs = line.indexOf("#", cs + 1);
            }
          }
          while (true) {
            const ch = line[dirEnd - 1];
            if (ch === " " || ch === "	")
              dirEnd -= 1;
            else
              break;
          }
          const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
          yield* this.pushCount(line.length - n);
          this.pushNewline();
          return "stream";
        }
        if (this.atLineEnd()) {
          const sp = yield* this.pushSpaces(true);
          yield* this.pushCount(line.length - sp);
          yield* this.pushNewline();
          return "stream";
        }
        yield cst.DOCUMENT;
        return yield* this.parseLineStart();
      }
      *parseLineStart() {
        const ch = this.charAt(0);
        if (!ch && !this.atEnd)
          return this.setNext("line-start");
        if (ch === "-" || ch === ".") {
          if (!this.atEnd && !this.hasChars(4))
            return this.setNext("line-start");
          const s = this.peek(3);
          if ((s === "---" || s === "...") && isEmpty4(this.charAt(3))) {
            yield* this.pushCount(3);
            this.indentValue = 0;
            this.indentNext = 0;
            return s === "---" ? "doc" : "stream";
          }
        }
        this.indentValue = yield* this.pushSpaces(false);
        if (this.indentNext > this.indentValue && !isEmpty4(this.charAt(1)))
          this.indentNext = this.indentValue;
        return yield* this.parseBlockStart();
      }
      *parseBlockStart() {
        const [ch0, ch1] = this.peek(2);
        if (!ch1 && !this.atEnd)
          return this.setNext("block-start");
        if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty4(ch1)) {
          const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
          this.indentNext = this.indentValue + 1;
          this.indentValue += n;
          return "block-start";
        }
        return "doc";
      }
      *parseDocument() {
        yield* this.pushSpaces(true);
        const line = this.getLine();
        if (line === null)
          return this.setNext("doc");
        let n = yield* this.pushIndicators();
        switch (line[n]) {
          case "#":
            yield* this.pushCount(line.length - n);
          // fallthrough
          case void 0:
            yield* this.pushNewline();
            return yield* this.parseLineStart();
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel = 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            return "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "doc";
          case '"':
          case "'":
            return yield* this.parseQuotedScalar();
          case "|":
          case ">":
            n += yield* this.parseBlockScalarHeader();
            n += yield* this.pushSpaces(true);
            yield* this.pushCount(line.length - n);
            yield* this.pushNewline();
            return yield* this.parseBlockScalar();
          default:
            return yield* this.parsePlainScalar();
        }
      }
      *parseFlowCollection() {
        let nl, sp;
        let indent = -1;
        do {
          nl = yield* this.pushNewline();
          if (nl > 0) {
            sp = yield* this.pushSpaces(false);
            this.indentValue = indent = sp;
          } else {
            sp = 0;
          }
          sp += yield* this.pushSpaces(true);
        } while (nl + sp > 0);
        const line = this.getLine();
        if (line === null)
          return this.setNext("flow");
        if (indent !== -1 && indent < this.indentNext && line[0] !== "#" || indent === 0 && (line.startsWith("---") || line.startsWith("...")) && isEmpty4(line[3])) {
          const atFlowEndMarker = indent === this.indentNext - 1 && this.flowLevel === 1 && (line[0] === "]" || line[0] === "}");
          if (!atFlowEndMarker) {
            this.flowLevel = 0;
            yield cst.FLOW_END;
            return yield* this.parseLineStart();
          }
        }
        let n = 0;
        while (line[n] === ",") {
          n += yield* this.pushCount(1);
          n += yield* this.pushSpaces(true);
          this.flowKey = false;
        }
        n += yield* this.pushIndicators();
        switch (line[n]) {
          case void 0:
            return "flow";
          case "#":
            yield* this.pushCount(line.length - n);
            return "flow";
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel += 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            this.flowKey = true;
            this.flowLevel -= 1;
            return this.flowLevel ? "flow" : "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "flow";
          case '"':
          case "'":
            this.flowKey = true;
            return yield* this.parseQuotedScalar();
          case ":": {
            const next = this.charAt(1);
            if (this.flowKey || isEmpty4(next) || next === ",") {
              this.flowKey = false;
              yield* this.pushCount(1);
              yield* this.pushSpaces(true);
              return "flow";
            }
          }
          // fallthrough
          default:
            this.flowKey = false;
            return yield* this.parsePlainScalar();
        }
      }
      *parseQuotedScalar() {
        const quote = this.charAt(0);
        let end = this.buffer.indexOf(quote, this.pos + 1);
        if (quote === "'") {
          while (end !== -1 && this.buffer[end + 1] === "'")
            end = this.buffer.indexOf("'", end + 2);
        } else {
          while (end !== -1) {
            let n = 0;
            while (this.buffer[end - 1 - n] === "\\")
              n += 1;
            if (n % 2 === 0)
              break;
            end = this.buffer.indexOf('"', end + 1);
          }
        }
        const qb = this.buffer.substring(0, end);
        let nl = qb.indexOf("\n", this.pos);
        if (nl !== -1) {
          while (nl !== -1) {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = qb.indexOf("\n", cs);
          }
          if (nl !== -1) {
            end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
          }
        }
        if (end === -1) {
          if (!this.atEnd)
            return this.setNext("quoted-scalar");
          end = this.buffer.length;
        }
        yield* this.pushToIndex(end + 1, false);
        return this.flowLevel ? "flow" : "doc";
      }
      *parseBlockScalarHeader() {
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        let i = this.pos;
        while (true) {
          const ch = this.buffer[++i];
          if (ch === "+")
            this.blockScalarKeep = true;
          else if (ch > "0" && ch <= "9")
            this.blockScalarIndent = Number(ch) - 1;
          else if (ch !== "-")
            break;
        }
        return yield* this.pushUntil((ch) => isEmpty4(ch) || ch === "#");
      }
      *parseBlockScalar() {
        let nl = this.pos - 1;
        let indent = 0;
        let ch;
        loop: for (let i2 = this.pos; ch = this.buffer[i2]; ++i2) {
          switch (ch) {
            case " ":
              indent += 1;
              break;
            case "\n":
              nl = i2;
              indent = 0;
              break;
            case "\r": {
              const next = this.buffer[i2 + 1];
              if (!next && !this.atEnd)
                return this.setNext("block-scalar");
              if (next === "\n")
                break;
            }
            // fallthrough
            default:
              break loop;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("block-scalar");
        if (indent >= this.indentNext) {
          if (this.blockScalarIndent === -1)
            this.indentNext = indent;
          else {
            this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
          }
          do {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = this.buffer.indexOf("\n", cs);
          } while (nl !== -1);
          if (nl === -1) {
            if (!this.atEnd)
              return this.setNext("block-scalar");
            nl = this.buffer.length;
          }
        }
        let i = nl + 1;
        ch = this.buffer[i];
        while (ch === " ")
          ch = this.buffer[++i];
        if (ch === "	") {
          while (ch === "	" || ch === " " || ch === "\r" || ch === "\n")
            ch = this.buffer[++i];
          nl = i - 1;
        } else if (!this.blockScalarKeep) {
          do {
            let i2 = nl - 1;
            let ch2 = this.buffer[i2];
            if (ch2 === "\r")
              ch2 = this.buffer[--i2];
            const lastChar = i2;
            while (ch2 === " ")
              ch2 = this.buffer[--i2];
            if (ch2 === "\n" && i2 >= this.pos && i2 + 1 + indent > lastChar)
              nl = i2;
            else
              break;
          } while (true);
        }
        yield cst.SCALAR;
        yield* this.pushToIndex(nl + 1, true);
        return yield* this.parseLineStart();
      }
      *parsePlainScalar() {
        const inFlow = this.flowLevel > 0;
        let end = this.pos - 1;
        let i = this.pos - 1;
        let ch;
        while (ch = this.buffer[++i]) {
          if (ch === ":") {
            const next = this.buffer[i + 1];
            if (isEmpty4(next) || inFlow && flowIndicatorChars.has(next))
              break;
            end = i;
          } else if (isEmpty4(ch)) {
            let next = this.buffer[i + 1];
            if (ch === "\r") {
              if (next === "\n") {
                i += 1;
                ch = "\n";
                next = this.buffer[i + 1];
              } else
                end = i;
            }
            if (next === "#" || inFlow && flowIndicatorChars.has(next))
              break;
            if (ch === "\n") {
              const cs = this.continueScalar(i + 1);
              if (cs === -1)
                break;
              i = Math.max(i, cs - 2);
            }
          } else {
            if (inFlow && flowIndicatorChars.has(ch))
              break;
            end = i;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("plain-scalar");
        yield cst.SCALAR;
        yield* this.pushToIndex(end + 1, true);
        return inFlow ? "flow" : "doc";
      }
      *pushCount(n) {
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos += n;
          return n;
        }
        return 0;
      }
      *pushToIndex(i, allowEmpty) {
        const s = this.buffer.slice(this.pos, i);
        if (s) {
          yield s;
          this.pos += s.length;
          return s.length;
        } else if (allowEmpty)
          yield "";
        return 0;
      }
      *pushIndicators() {
        let n = 0;
        loop: while (true) {
          switch (this.charAt(0)) {
            case "!":
              n += yield* this.pushTag();
              n += yield* this.pushSpaces(true);
              continue loop;
            case "&":
              n += yield* this.pushUntil(isNotAnchorChar);
              n += yield* this.pushSpaces(true);
              continue loop;
            case "-":
            // this is an error
            case "?":
            // this is an error outside flow collections
            case ":": {
              const inFlow = this.flowLevel > 0;
              const ch1 = this.charAt(1);
              if (isEmpty4(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
                if (!inFlow)
                  this.indentNext = this.indentValue + 1;
                else if (this.flowKey)
                  this.flowKey = false;
                n += yield* this.pushCount(1);
                n += yield* this.pushSpaces(true);
                continue loop;
              }
            }
          }
          break loop;
        }
        return n;
      }
      *pushTag() {
        if (this.charAt(1) === "<") {
          let i = this.pos + 2;
          let ch = this.buffer[i];
          while (!isEmpty4(ch) && ch !== ">")
            ch = this.buffer[++i];
          return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
        } else {
          let i = this.pos + 1;
          let ch = this.buffer[i];
          while (ch) {
            if (tagChars.has(ch))
              ch = this.buffer[++i];
            else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) {
              ch = this.buffer[i += 3];
            } else
              break;
          }
          return yield* this.pushToIndex(i, false);
        }
      }
      *pushNewline() {
        const ch = this.buffer[this.pos];
        if (ch === "\n")
          return yield* this.pushCount(1);
        else if (ch === "\r" && this.charAt(1) === "\n")
          return yield* this.pushCount(2);
        else
          return 0;
      }
      *pushSpaces(allowTabs) {
        let i = this.pos - 1;
        let ch;
        do {
          ch = this.buffer[++i];
        } while (ch === " " || allowTabs && ch === "	");
        const n = i - this.pos;
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos = i;
        }
        return n;
      }
      *pushUntil(test) {
        let i = this.pos;
        let ch = this.buffer[i];
        while (!test(ch))
          ch = this.buffer[++i];
        return yield* this.pushToIndex(i, false);
      }
    };
    exports.Lexer = Lexer2;
  }
});

// src/files/mapped-text.ts
function mapText(text, start = 0) {
  return { text, runs: text === "" ? [] : [{ at: 0, start }] };
}
function joinPieces(pieces) {
  const [only] = pieces;
  if (only !== void 0 && pieces.length === 1) return mapText(only.text, only.start);
  const runs = [];
  const texts = [];
  let length = 0;
  let expected = -1;
  for (const { text, start } of pieces) {
    if (text === "") continue;
    if (start !== expected) runs.push({ at: length, start });
    texts.push(text);
    length += text.length;
    expected = start + text.length;
  }
  return { text: texts.join(""), runs };
}
function joinRanges(source, ranges) {
  const [only] = ranges;
  if (only !== void 0 && ranges.length === 1) return sliceText(source, only.start, only.end);
  const runs = [];
  const texts = [];
  let length = 0;
  let expected = -1;
  for (const { start: from, end: to } of ranges) {
    if (from >= to) continue;
    for (let index = runIndex(source, from); ; index++) {
      const run = source.runs[index];
      if (run === void 0 || run.at >= to) break;
      const skipped2 = Math.max(0, from - run.at);
      const start = run.start + skipped2;
      const at = run.at + skipped2;
      if (start !== expected) runs.push({ at: length + at - from, start });
      expected = start + Math.min(to, source.runs[index + 1]?.at ?? to) - at;
    }
    texts.push(source.text.slice(from, to));
    length += to - from;
  }
  return { text: texts.join(""), runs };
}
function sliceText(source, from, to = source.text.length) {
  if (from >= to) return { text: "", runs: [] };
  if (from === 0 && to === source.text.length) return source;
  const first = runIndex(source, from);
  if ((source.runs[first + 1]?.at ?? to) >= to) return mapText(source.text.slice(from, to), placeOf(source, from));
  const runs = [];
  for (let index = first; index < source.runs.length; index++) {
    const run = source.runs[index];
    if (run === void 0 || run.at >= to) break;
    const skipped2 = Math.max(0, from - run.at);
    runs.push({ at: run.at + skipped2 - from, start: run.start + skipped2 });
  }
  return { text: source.text.slice(from, to), runs };
}
function placeOf(source, at) {
  const run = source.runs[runIndex(source, at)];
  return run === void 0 ? 0 : run.start + at - run.at;
}
function rangeOf(source) {
  if (source.text === "") return { start: 0, end: 0 };
  return { start: placeOf(source, 0), end: placeOf(source, source.text.length - 1) + 1 };
}
function piecesOf(source) {
  return source.runs.map((run, index) => ({
    text: source.text.slice(run.at, source.runs[index + 1]?.at ?? source.text.length),
    start: run.start
  }));
}
function runIndex(source, at) {
  let low = 0;
  let high = source.runs.length - 1;
  while (low < high) {
    const middle = low + high + 1 >> 1;
    if ((source.runs[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

// src/files/bake-syntax.ts
function newCursor(source, mentions) {
  return { source, mentions, at: 0, depth: 0 };
}
function literalText(expression) {
  if (expression.kind !== "template") return void 0;
  const texts = expression.parts.map(
    (part) => part.kind === "text" ? part.pieces.map(({ text }) => text) : void 0
  );
  return texts.includes(void 0) ? void 0 : texts.flat().join("");
}
function entriesOf(expression) {
  if (expression.kind === "object") return expression.entries;
  return expression.kind === "other" ? expression.terms.flatMap(entriesOf) : [];
}
function deeper(cursor) {
  if (++cursor.depth <= LIMITS.depth) return;
  throw new UserError("limit", `HCL nested deeper than ${LIMITS.depth}`, "Leave the file out with the input exclude");
}
function rangeFrom(cursor, from) {
  const start = placeOf(cursor.source, from);
  return { start, end: cursor.at > from ? placeOf(cursor.source, cursor.at - 1) + 1 : start };
}
function peek(cursor) {
  return cursor.source.text[cursor.at];
}
var IDENTIFIER_UNIT = /[\p{L}\p{N}_-]/u;
function readIdentifier(cursor) {
  const { text } = cursor.source;
  const from = cursor.at;
  if (!/[\p{L}_]/u.test(text[from] ?? "")) return "";
  while (IDENTIFIER_UNIT.test(text[cursor.at] ?? "")) cursor.at++;
  return text.slice(from, cursor.at);
}
function skipBlanks(cursor, overLines) {
  const { text } = cursor.source;
  for (; ; ) {
    const unit = text[cursor.at];
    if (unit === " " || unit === "	" || overLines && (unit === "\r" || unit === "\n")) cursor.at++;
    else if (unit === "#" || text.startsWith("//", cursor.at)) {
      const end = text.indexOf("\n", cursor.at);
      cursor.at = end < 0 ? text.length : end;
    } else if (text.startsWith("/*", cursor.at)) {
      const end = text.indexOf("*/", cursor.at + 2);
      cursor.at = end < 0 ? text.length : end + 2;
    } else return;
  }
}
function contextKeys({ blocks }) {
  const attributes = blocks.flatMap(({ type, body }) => type === "target" ? body.attributes : []);
  const contexts = attributes.filter(({ key }) => key === "contexts");
  return contexts.flatMap(({ value }) => entriesOf(value).flatMap(({ key }) => key ?? []));
}

// src/files/bake-template.ts
var ESCAPES = /* @__PURE__ */ new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "	"],
  ['"', '"'],
  ["\\", "\\"]
]);
function readQuoted(cursor, readValue2) {
  cursor.at++;
  const template = readParts(cursor, readValue2, { to: cursor.source.text.length, quoted: true, indent: 0 });
  if (peek(cursor) === '"') cursor.at++;
  return template;
}
function readUnquoted(cursor, readValue2) {
  return readParts(cursor, readValue2, { to: cursor.source.text.length, quoted: false, indent: 0 });
}
function readHeredoc(cursor, readValue2) {
  const { text } = cursor.source;
  cursor.at += 2;
  const dedent = peek(cursor) === "-";
  if (dedent) cursor.at++;
  const name = readIdentifier(cursor);
  const newline = text.indexOf("\n", cursor.at);
  if (name === "" || newline < 0 || text.slice(cursor.at, newline).trim() !== "") {
    return { kind: "template", parts: [], range: rangeFrom(cursor, cursor.at) };
  }
  const from = newline + 1;
  const { to, behind, indent } = heredocEnd(text, from, name);
  cursor.at = from;
  const template = readParts(cursor, readValue2, { to, quoted: false, indent: dedent ? indent : 0 });
  cursor.at = behind;
  return template;
}
function heredocEnd(text, from, name) {
  let indent = Infinity;
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    const content = line.trim();
    if (content === name) return { to: at, behind: end, indent: Number.isFinite(indent) ? indent : 0 };
    if (content !== "") indent = Math.min(indent, line.length - line.trimStart().length);
    at = end + 1;
  }
  return { to: text.length, behind: text.length, indent: 0 };
}
function readParts(cursor, readValue2, style) {
  const { text } = cursor.source;
  const begin = cursor.at;
  const parts = [];
  let pieces = [];
  let from = cursor.at;
  const flush = () => {
    addText(cursor, pieces, from, cursor.at, style.indent);
    from = cursor.at;
  };
  while (cursor.at < style.to) {
    const unit = text[cursor.at];
    if (style.quoted && (unit === '"' || unit === "\n")) break;
    if (style.quoted && unit === "\\") {
      flush();
      pieces.push(readEscape(cursor));
      from = cursor.at;
    } else if (text.startsWith("$${", cursor.at) || text.startsWith("%%{", cursor.at)) {
      flush();
      from = cursor.at + 1;
      cursor.at += 3;
    } else if (text.startsWith("${", cursor.at) || text.startsWith("%{", cursor.at)) {
      flush();
      if (pieces.length > 0) parts.push({ kind: "text", pieces });
      pieces = [];
      parts.push(readInterpolation(cursor, readValue2));
      from = cursor.at;
    } else cursor.at++;
  }
  flush();
  if (pieces.length > 0) parts.push({ kind: "text", pieces });
  return { kind: "template", parts, range: rangeFrom(cursor, begin) };
}
function addText(cursor, pieces, from, to, indent) {
  const { source } = cursor;
  if (indent === 0) {
    if (from < to) pieces.push(...piecesOf(sliceText(source, from, to)));
    return;
  }
  for (let at = from; at < to; ) {
    const newline = source.text.indexOf("\n", at);
    const end = newline < 0 || newline >= to ? to : newline + 1;
    const begin = source.text[at - 1] === "\n" ? Math.min(at + indent, end) : at;
    const blank = source.text.slice(at, end).trim() === "";
    const start = blank && source.text[at - 1] === "\n" ? Math.max(at, end - 1) : begin;
    if (start < end) pieces.push(...piecesOf(sliceText(source, start, end)));
    at = end;
  }
}
function readInterpolation(cursor, readValue2) {
  const { text } = cursor.source;
  const from = cursor.at;
  const directive = text[from] === "%";
  cursor.at += 2;
  if (peek(cursor) === "~") cursor.at++;
  const inner = readValue2(cursor);
  const value = directive ? { kind: "other", terms: [inner] } : inner;
  if (peek(cursor) === "~") cursor.at++;
  if (peek(cursor) === "}") cursor.at++;
  const end = placeOf(cursor.source, Math.max(from, cursor.at - 1)) + 1;
  return { kind: "value", value, written: text.slice(from, cursor.at), end };
}
function readEscape(cursor) {
  const { text } = cursor.source;
  const unit = text[cursor.at + 1] ?? "";
  const digits = unit === "u" ? 4 : 8;
  const code = unit === "u" || unit === "U" ? Number.parseInt(text.slice(cursor.at + 2, cursor.at + 2 + digits), 16) : NaN;
  const isCode = code >= 0 && code <= 1114111;
  cursor.at += isCode ? 2 + digits : 2;
  const value = isCode ? String.fromCodePoint(code) : ESCAPES.get(unit) ?? unit;
  return { text: value, start: placeOf(cursor.source, Math.min(cursor.at, text.length) - 1) };
}

// src/files/bake-hcl.ts
function readHcl(source, mentions) {
  return readBody(newCursor(source, mentions));
}
function readBody(cursor) {
  const attributes = [];
  const blocks = [];
  for (; ; ) {
    skipBlanks(cursor, true);
    const unit = peek(cursor);
    if (unit === void 0 || unit === "}") return { attributes, blocks };
    const name = readIdentifier(cursor);
    if (name === "") {
      cursor.at++;
      continue;
    }
    skipBlanks(cursor, false);
    if (peek(cursor) === "=") {
      cursor.at++;
      attributes.push({ key: name, value: readExpression(cursor, false) });
    } else {
      const block = readBlock(cursor, name);
      if (block !== void 0) blocks.push(block);
    }
  }
}
function readBlock(cursor, type) {
  const labels = [];
  for (; ; ) {
    skipBlanks(cursor, false);
    const unit = peek(cursor);
    if (unit === '"') labels.push(literalText(readTerm(cursor)) ?? "");
    else if (unit === "{") break;
    else {
      const label = readIdentifier(cursor);
      if (label === "") return void 0;
      labels.push(label);
    }
  }
  cursor.at++;
  deeper(cursor);
  const body = readBody(cursor);
  cursor.depth--;
  if (peek(cursor) === "}") cursor.at++;
  return { type, labels, body };
}
var OPERATORS = "?:+-*/%&|=!<>.";
function readJsonString(source, mentions) {
  const cursor = newCursor(source, mentions);
  return readUnquoted(cursor, readInBraces);
}
function readExpression(cursor, overLines) {
  deeper(cursor);
  const terms = [];
  let plain2 = true;
  for (let choices = 0; ; ) {
    skipBlanks(cursor, overLines);
    const unit = peek(cursor);
    if (unit === void 0 || ",)]}\r\n".includes(unit)) break;
    if (unit === ":" && choices === 0) break;
    if (cursor.source.text.startsWith("<<", cursor.at)) terms.push(readTerm(cursor));
    else if (OPERATORS.includes(unit)) {
      if (unit === "?") choices++;
      if (unit === ":") choices--;
      plain2 = false;
      cursor.at++;
    } else terms.push(readTerm(cursor));
  }
  cursor.depth--;
  const [only, ...others] = terms;
  return plain2 && only !== void 0 && others.length === 0 ? only : { kind: "other", terms };
}
function readInBraces(cursor) {
  return readExpression(cursor, true);
}
function readTerm(cursor) {
  const unit = peek(cursor);
  if (unit === '"') return readQuoted(cursor, readInBraces);
  if (unit === "<") return readHeredoc(cursor, readInBraces);
  if (unit === "[") return readList(cursor);
  if (unit === "{") return readObject(cursor);
  if (unit === "(") return readTerms(cursor, ")");
  const from = cursor.at;
  const name = readPath(cursor);
  if (name === "") {
    cursor.at++;
    return { kind: "other", terms: [] };
  }
  const next = peek(cursor);
  if (next === "(") return readTerms(cursor, ")");
  if (name === "true" || name === "false" || name === "null") return { kind: "other", terms: [] };
  cursor.mentions.set(name, (cursor.mentions.get(name) ?? 0) + 1);
  if (next === "[") return readTerms(cursor, "]");
  return { kind: "variable", name, range: rangeFrom(cursor, from) };
}
function readPath(cursor) {
  const from = cursor.at;
  let name = readIdentifier(cursor);
  while (name !== "" && peek(cursor) === ".") {
    cursor.at++;
    if (readIdentifier(cursor) === "") {
      cursor.at--;
      break;
    }
    name = cursor.source.text.slice(from, cursor.at);
  }
  return name;
}
function readTerms(cursor, close) {
  const terms = [];
  cursor.at++;
  deeper(cursor);
  for (; ; ) {
    skipBlanks(cursor, true);
    const unit = peek(cursor);
    if (unit === void 0 || unit === close) break;
    if (",)]}:".includes(unit)) cursor.at++;
    else terms.push(readExpression(cursor, true));
  }
  cursor.at++;
  cursor.depth--;
  return { kind: "other", terms };
}
function startsLoop(cursor) {
  return /^for\s/.test(cursor.source.text.slice(cursor.at, cursor.at + 4));
}
function readList(cursor) {
  const before = cursor.at++;
  skipBlanks(cursor, true);
  const loop = startsLoop(cursor);
  cursor.at = before;
  const inner = readTerms(cursor, "]");
  if (loop || inner.kind !== "other") return inner;
  return { kind: "list", items: inner.terms };
}
function readObject(cursor) {
  const before = cursor.at++;
  skipBlanks(cursor, true);
  if (startsLoop(cursor)) {
    cursor.at = before;
    return readTerms(cursor, "}");
  }
  const entries = [];
  deeper(cursor);
  for (; ; ) {
    skipBlanks(cursor, true);
    const unit = peek(cursor);
    if (unit === void 0 || unit === "}") break;
    const key = readKey(cursor);
    skipBlanks(cursor, false);
    if (peek(cursor) === "=" || peek(cursor) === ":") {
      cursor.at++;
      entries.push({ key, value: readExpression(cursor, false) });
    } else cursor.at++;
  }
  cursor.at++;
  cursor.depth--;
  return { kind: "object", entries };
}
function readKey(cursor) {
  const name = readIdentifier(cursor);
  if (name !== "") return name;
  const unit = peek(cursor);
  return unit === '"' || unit === "(" ? literalText(readTerm(cursor)) : void 0;
}

// src/files/json-scanner.ts
function scanJson(text, dialect) {
  const cursor = { text, dialect, at: 0, depth: 0 };
  const value = readValue(cursor);
  if (value === void 0 || !skipBlanks2(cursor) || cursor.at < text.length) return void 0;
  return value;
}
function readValue(cursor) {
  if (!skipBlanks2(cursor)) return void 0;
  const unit = cursor.text[cursor.at];
  if (unit === '"') return readString(cursor);
  if (unit !== "{" && unit !== "[") return readLiteral(cursor);
  if (++cursor.depth > LIMITS.depth) {
    throw new UserError(
      "limit",
      `JSON nested deeper than ${LIMITS.depth}`,
      "Leave the file out with the input exclude"
    );
  }
  const value = unit === "{" ? readObject2(cursor) : readArray(cursor);
  cursor.depth--;
  return value;
}
function readObject2(cursor) {
  const start = cursor.at;
  const members = [];
  const closed = readEntries(cursor, "}", () => {
    const key = cursor.text[cursor.at] === '"' ? readString(cursor) : void 0;
    if (key === void 0 || !skipBlanks2(cursor) || cursor.text[cursor.at] !== ":") return false;
    cursor.at++;
    const value = readValue(cursor);
    if (value === void 0) return false;
    members.push({ key, value });
    return true;
  });
  return closed ? { kind: "object", start, end: cursor.at, members } : void 0;
}
function readArray(cursor) {
  const start = cursor.at;
  const items = [];
  const closed = readEntries(cursor, "]", () => {
    const value = readValue(cursor);
    if (value === void 0) return false;
    items.push(value);
    return true;
  });
  return closed ? { kind: "array", start, end: cursor.at, items } : void 0;
}
function readEntries(cursor, close, readEntry2) {
  cursor.at++;
  for (let first = true; ; first = false) {
    if (!skipBlanks2(cursor)) return false;
    if (cursor.text[cursor.at] === close && (first || cursor.dialect === "jsonc")) break;
    if (!readEntry2() || !skipBlanks2(cursor)) return false;
    if (cursor.text[cursor.at] === close) break;
    if (cursor.text[cursor.at] !== ",") return false;
    cursor.at++;
  }
  cursor.at++;
  return true;
}
function readLiteral(cursor) {
  const start = cursor.at;
  while (/[-+.0-9A-Za-z]/.test(cursor.text[cursor.at] ?? "")) cursor.at++;
  return cursor.at === start ? void 0 : { kind: "literal", start, end: cursor.at };
}
function readString(cursor) {
  const start = cursor.at;
  let escaped = false;
  for (cursor.at++; ; cursor.at++) {
    const unit = cursor.text[cursor.at];
    if (unit === void 0 || unit < " ") return void 0;
    if (unit === '"') break;
    if (unit !== "\\") continue;
    escaped = true;
    cursor.at++;
  }
  const end = ++cursor.at;
  if (!escaped) return { kind: "string", start, end, value: cursor.text.slice(start + 1, end - 1) };
  const value = decoded(cursor.text.slice(start, end));
  return value === void 0 ? void 0 : { kind: "string", start, end, value };
}
function decoded(quoted) {
  try {
    const value = JSON.parse(quoted);
    return typeof value === "string" ? value : void 0;
  } catch {
    return void 0;
  }
}
function skipBlanks2(cursor) {
  const { text } = cursor;
  for (; ; ) {
    while (" 	\r\n".includes(text[cursor.at] ?? "end")) cursor.at++;
    if (text[cursor.at] !== "/") return true;
    if (cursor.dialect === "json") return false;
    const line = text[cursor.at + 1] === "/";
    if (!line && text[cursor.at + 1] !== "*") return false;
    const end = text.indexOf(line ? "\n" : "*/", cursor.at + 2);
    if (end < 0 && !line) return false;
    cursor.at = end < 0 ? text.length : end + (line ? 1 : 2);
  }
}
function mapString(text, node) {
  const pieces = [];
  let plain2 = node.start + 1;
  const end = node.end - 1;
  for (let at = text.indexOf("\\", plain2), taken = 0; at >= 0 && at < end; at = text.indexOf("\\", plain2)) {
    pieces.push({ text: text.slice(plain2, at), start: plain2 });
    taken += at - plain2;
    const length = text[at + 1] === "u" ? 6 : 2;
    pieces.push({ text: node.value[taken] ?? "", start: at + length - 1 });
    taken++;
    plain2 = at + length;
  }
  pieces.push({ text: text.slice(plain2, end), start: plain2 });
  return joinPieces(pieces);
}

// src/files/bake-json.ts
var BLOCKS = /* @__PURE__ */ new Set(["variable", "target", "group", "function"]);
function bodyOfJson(text, root, mentions) {
  const attributes = [];
  const blocks = [];
  for (const { key, value } of membersOf(root)) {
    if (!BLOCKS.has(key.value)) attributes.push({ key: key.value, value: expressionOf(text, value, mentions) });
    else {
      for (const labelled of membersOf(value)) {
        const body = bodyOfJson(text, labelled.value, mentions);
        blocks.push({ type: key.value, labels: [labelled.key.value], body });
      }
    }
  }
  return { attributes, blocks };
}
function membersOf(node) {
  if (node.kind === "array") return node.items.flatMap(membersOf);
  return node.kind === "object" ? node.members : [];
}
function expressionOf(text, node, mentions) {
  switch (node.kind) {
    case "string":
      return readJsonString(mapString(text, node), mentions);
    case "array":
      return { kind: "list", items: node.items.map((item) => expressionOf(text, item, mentions)) };
    case "object":
      return {
        kind: "object",
        entries: node.members.map(({ key, value }) => ({ key: key.value, value: expressionOf(text, value, mentions) }))
      };
    case "literal":
      return { kind: "other", terms: [] };
    default:
      return node;
  }
}

// src/files/bake-body.ts
function readBake(file, mentions) {
  if (!file.path.toLowerCase().endsWith(".json")) return readHcl(mapText(file.text), mentions);
  const root = scanJson(file.text, "json");
  if (root !== void 0) return bodyOfJson(file.text, root, mentions);
  throw new UserError(
    "bad-input",
    `${file.path} is not JSON`,
    "Correct the file, or leave it out with the input exclude"
  );
}

// src/files/expansion.ts
var NONE_CONSULTED = /* @__PURE__ */ new Set();
var CONDITIONAL = { text: "", isConditional: true };
var MAX_CONSULTED = 32;
function literalPieces(source, declaration) {
  const pieces = piecesOf(source);
  return declaration === void 0 ? pieces : pieces.map(({ text, start }) => ({ text, start, declaration }));
}
function textOf(pieces) {
  return pieces.map(({ text }) => text).join("");
}
function writtenOf(pieces) {
  return pieces.map(({ text, unknown: unknown4 }) => unknown4?.written ?? text).join("");
}
function slicePieces(pieces, from, to = Infinity) {
  const kept = [];
  let at = 0;
  for (const piece of pieces) {
    const begin = Math.max(0, from - at);
    const end = Math.min(piece.text.length, to - at);
    at += piece.text.length;
    if (piece.text === "" ? begin > 0 || end < 0 : begin >= end) continue;
    const start = piece.start === void 0 ? {} : { start: piece.start + begin };
    const cut = end < piece.text.length;
    const { anchor, ...rest } = piece;
    const text = piece.text.slice(begin, end);
    kept.push({ ...rest, text, ...start, ...cut || anchor === void 0 ? {} : { anchor } });
  }
  return kept;
}
function unknownIn(pieces) {
  return pieces.find(({ unknown: unknown4 }) => unknown4 !== void 0)?.unknown;
}
function consultedBoth(left, right) {
  if (left === "many" || right === "many") return "many";
  if (right.size === 0) return left;
  const both = /* @__PURE__ */ new Set([...left, ...right]);
  return both.size > MAX_CONSULTED ? "many" : both;
}

// src/files/found-reference.ts
var NO_DECLARATIONS = {
  belongsTo: () => false,
  isExposed: () => true,
  defaultOf: () => void 0
};
function locateReference(pieces, word, declarations) {
  const found = placeReference(pieces, word, declarations);
  const { start: from, end: to } = found.shown;
  const elsewhere = [...pieces, { text: found.reference, start: word.start }].flatMap(
    ({ text, start }) => text === "" || start === void 0 || start >= from && start < to ? [] : [start]
  );
  return elsewhere.length === 0 ? found : { ...found, elsewhere };
}
function placeReference(pieces, word, declarations) {
  const unknown4 = unknownIn(pieces);
  if (unknown4 !== void 0) return unknownReference(pieces, word, unknown4);
  const reference = textOf(pieces);
  if (pieces.some(({ isConditional }) => isConditional === true)) {
    return fixedReference(reference, word, "a part of it is there only when a variable is given");
  }
  const tail = tailOf(pieces);
  if (tail === void 0) return fixedReference(reference, word, "it is computed from variables");
  const prefix = reference.slice(0, reference.length - (tail.range.end - tail.range.start));
  if (tail.declaration === void 0) {
    const shown2 = prefix === "" ? tail.range : word;
    return valueReference(reference, tail.range, prefix, shown2);
  }
  const shown = shownDefault(pieces, tail, tail.declaration, prefix, declarations);
  if (shown !== void 0) return valueReference(reference, tail.range, prefix, shown);
  if (tail.anchor === void 0)
    return fixedReference(reference, word, "a variable that it uses is used elsewhere too");
  return valueReference(reference, { start: tail.anchor, end: tail.anchor }, reference, word);
}
function tailOf(pieces) {
  const filled = pieces.filter(({ text }) => text !== "");
  const last = filled.at(-1);
  if (last === void 0) return void 0;
  if (last.start === void 0) {
    return last.anchor === void 0 ? void 0 : { range: { start: last.anchor, end: last.anchor } };
  }
  let { start } = last;
  for (const piece of filled.slice(0, -1).toReversed()) {
    if (piece.start === void 0 || piece.start + piece.text.length !== start) break;
    if (piece.declaration !== last.declaration) break;
    ({ start } = piece);
  }
  return {
    range: { start, end: last.start + last.text.length },
    ...last.declaration === void 0 ? {} : { declaration: last.declaration },
    ...last.anchor === void 0 ? {} : { anchor: last.anchor }
  };
}
function shownDefault(pieces, tail, declaration, prefix, declarations) {
  const reference = textOf(pieces);
  if (!declarations.belongsTo(declaration, reference)) return void 0;
  const found = declarations.defaultOf(declaration);
  if (found?.value === reference) return prefix === "" ? tail.range : found.range;
  if (declarations.isExposed(declaration) || endsInsideIdentifier(prefix)) return void 0;
  return isWrittenOnce(pieces, declaration, prefix.length) ? tail.range : void 0;
}
function isWrittenOnce(pieces, declaration, length) {
  let at = 0;
  for (const piece of pieces) {
    if (at >= length) break;
    if (piece.text !== "" && (piece.start === void 0 || piece.declaration === declaration)) return false;
    at += piece.text.length;
  }
  return true;
}
function endsInsideIdentifier(prefix) {
  if (prefix.endsWith(":") && !prefix.includes("@")) return false;
  if (prefix.endsWith("@")) return false;
  return prefix.includes("@") || prefix.includes(":", prefix.lastIndexOf("/") + 1);
}
function valueReference(reference, range, prefix, shown) {
  const placement = { kind: "value", range, prefix, quote: "" };
  return { range, shown, prefix, reference, placement, traits: [] };
}
function fixedReference(reference, word, why) {
  return { range: word, shown: word, prefix: "", reference, placement: { kind: "none", why }, traits: [] };
}
function withoutRewrite(found, why) {
  return { ...found, placement: { kind: "none", why } };
}
function asBuildCache(found) {
  const why = "a build cache is meant to move with every build";
  return { ...withoutRewrite(found, why), traits: [...found.traits, { kind: "build-cache" }] };
}
function forPlatform(found, platform) {
  if (platform === void 0) return found;
  return { ...found, traits: [...found.traits, { kind: "one-platform", platform }] };
}
function unresolvedReference(reference, word, why) {
  return { ...fixedReference(reference, word, why), unresolved: why };
}
var MAX_UNITS = 4096;
function overlongReference(text, word) {
  if (text.length <= MAX_UNITS) return void 0;
  return unresolvedReference(`${text.slice(0, 1024)}…`, word, `it has more than ${MAX_UNITS} characters`);
}
function unknownReference(pieces, word, unknown4) {
  const reference = writtenOf(pieces);
  const last = pieces.findLastIndex((piece) => piece.unknown !== void 0);
  const behind = textOf(pieces.slice(last + 1));
  const before = textOf(pieces.slice(0, last));
  const nameOnly = !before.includes("@") && !before.includes(":", before.lastIndexOf("/") + 1);
  const knowsIdentifiers = behind.includes("/") || nameOnly && /[:@]/.test(behind);
  if (!knowsIdentifiers) return unresolvedReference(reference, word, unknown4.why);
  return { ...fixedReference(reference, word, unknown4.why), traits: [{ kind: "name-unknown", why: unknown4.why }] };
}
var EMPTY_IMAGE = "scratch";
function distinctReferences(found) {
  const order = (left, right) => left.shown.start - right.shown.start || left.range.start - right.range.start;
  const sorted = found.filter(({ reference }) => reference !== EMPTY_IMAGE).toSorted(order);
  const seen = /* @__PURE__ */ new Set();
  const distinct = sorted.filter((reference, index) => {
    const previous = sorted[index - 1];
    if (previous === void 0 || order(previous, reference) !== 0) seen.clear();
    const key = `${reference.range.end} ${reference.reference}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const shared = ofSharedRanges(distinct);
  if (shared.size === 0) return distinct;
  return distinct.map((one) => shared.has(one) ? withoutRewrite(one, "it stands for several images") : one);
}
function ofSharedRanges(found) {
  const order = (left, right) => left.range.start - right.range.start || left.range.end - right.range.end;
  const sorted = found.filter(({ placement }) => placement.kind === "value").toSorted(order);
  const shared = /* @__PURE__ */ new Set();
  let first = 0;
  for (const [index, one] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next !== void 0 && order(one, next) === 0) continue;
    const group = sorted.slice(first, index + 1);
    if (group.some(({ reference }) => reference !== one.reference)) for (const each of group) shared.add(each);
    first = index + 1;
  }
  return shared;
}

// src/files/bake-values.ts
var MAX_UNITS2 = 64 * 1024;
var MAX_TOTAL = LIMITS.scannedFileBytes / 2;
var PIECE_UNITS = 16;
var MAX_TARGETS = 64;
function newValues(body, mentions) {
  const variables = /* @__PURE__ */ new Map();
  const byId = [];
  const add = (name, expression, into) => {
    const variable = { id: byId.length, expression, cost: 0, busy: false };
    into.set(name, variable);
    byId.push({ name, variable });
    if (expression?.kind !== "object") return;
    for (const { key, value } of expression.entries) if (key !== void 0) add(`${name}.${key}`, value, into);
  };
  for (const { key, value } of body.attributes) if (key !== void 0) add(key, value, variables);
  for (const { type, labels, body: inner } of body.blocks) {
    if (type !== "variable" || labels[0] === void 0) continue;
    add(labels[0], inner.attributes.findLast(({ key }) => key === "default")?.value, variables);
  }
  const state = { variables, own: /* @__PURE__ */ new Map(), budget: { left: MAX_TOTAL }, depth: 0 };
  return {
    expand: (expression, own) => expandExpression({ ...state, own }, expression),
    targetsOf: (target) => targetsOf(target, add),
    declarations: {
      belongsTo: (id) => mentions.get(byId[id]?.name ?? "") === 1,
      isExposed: () => false,
      defaultOf: (id) => defaultOf(byId[id]?.variable)
    }
  };
}
function targetsOf(target, add) {
  const matrix = target.attributes.findLast(({ key }) => key === "matrix")?.value;
  let targets = [/* @__PURE__ */ new Map()];
  for (const { key, value } of matrix?.kind === "object" ? matrix.entries : []) {
    if (key === void 0 || value.kind !== "list") continue;
    const choices = value.items.slice(0, MAX_TARGETS).map((item) => {
      const own = /* @__PURE__ */ new Map();
      add(key, item, own);
      return own;
    });
    targets = targets.flatMap((one) => choices.map((own) => new Map([...one, ...own]))).slice(0, MAX_TARGETS);
  }
  return targets;
}
function defaultOf(variable) {
  if (variable?.expression?.kind !== "template" || variable.expansion === void 0) return void 0;
  return { range: variable.expression.range, value: textOf(variable.expansion.pieces) };
}
function expandExpression(state, expression, declaration) {
  if (expression.kind === "variable") {
    const value = valueOf(state, expression.name, expression.name);
    return { ...value, pieces: value.pieces.map(({ anchor: _anchor, ...piece }) => piece) };
  }
  if (expression.kind !== "template") return void 0;
  const pieces = [];
  let consulted = /* @__PURE__ */ new Set();
  for (const part of expression.parts) {
    const expanded = expandPart(state, part, declaration);
    consulted = consultedBoth(consulted, expanded.consulted);
    pieces.push(...expanded.pieces);
  }
  if (writtenOf(pieces).length <= MAX_UNITS2) return { pieces, consulted };
  return unknown("…", `its variables give more than ${MAX_UNITS2} characters`);
}
function expandPart(state, part, declaration) {
  if (part.kind === "text") {
    const mark = declaration === void 0 ? {} : { declaration };
    return { pieces: part.pieces.map(({ text, start }) => Object.assign({ text, start }, mark)), consulted: /* @__PURE__ */ new Set() };
  }
  const { value, written, end } = part;
  if (value.kind !== "variable") return anchored(unknown(written, `bake computes ${written}`), end);
  return anchored(valueOf(state, value.name, written), end);
}
function anchored({ pieces, consulted }, anchor) {
  return { pieces: pieces.map((piece) => Object.assign({}, piece, { anchor })), consulted };
}
function unknown(written, why) {
  return { pieces: [{ text: "", unknown: { written, why, filled: true } }], consulted: /* @__PURE__ */ new Set() };
}
function valueOf(state, name, written) {
  const variable = state.own.get(name) ?? state.variables.get(name);
  if (variable === void 0) return unknown(written, `no variable block of this file declares ${name}`);
  if (variable.expression === void 0) return unknown(written, `variable ${name} has no default`);
  if (variable.expansion === void 0) {
    if (variable.busy || state.depth >= LIMITS.depth) return unknown(written, `variable ${name} refers to itself`);
    variable.busy = true;
    state.depth++;
    const expanded = expandExpression(state, variable.expression, variable.id);
    state.depth--;
    variable.busy = false;
    const consulted = consultedBoth(/* @__PURE__ */ new Set([variable.id]), expanded?.consulted ?? /* @__PURE__ */ new Set());
    const pieces = expanded?.pieces ?? unknown(written, `bake computes variable ${name}`).pieces;
    variable.expansion = { pieces, consulted };
    variable.cost = writtenOf(pieces).length + PIECE_UNITS * pieces.length;
  }
  state.budget.left -= variable.cost;
  if (state.budget.left < 0) return unknown(written, "the variables of this file give too much text");
  return variable.expansion;
}

// src/files/build-contexts.ts
function contextsOf(names) {
  return new Set(names.map(nameInBuild));
}
function withoutContexts(found, all) {
  const contexts = all.filter(({ size }) => size > 0);
  if (contexts.length === 0) return found;
  return found.filter(({ reference, unresolved }) => {
    if (unresolved !== void 0) return true;
    const name = nameInBuild(reference);
    return !contexts.some((some) => some.has(name));
  });
}
function nameInBuild(text) {
  try {
    return contextName(parseReference(text));
  } catch (error) {
    if (error instanceof UserError) return text;
    throw error;
  }
}

// src/files/compose-variables.ts
var MAX_UNITS3 = 4096;
var MAX_FILE_UNITS = 256 * 1024;
var MAX_DEPTH = 16;
function interpolate(source, environment, alternatives = false, limit = MAX_UNITS3, depth = 0) {
  const pieces = [];
  const closes = closingBraces(source.text);
  let run = 0;
  let units = 0;
  const flush = (end) => pieces.push(...literalPieces(sliceText(source, run, end)));
  for (let at = source.text.indexOf("$"); at >= 0; at = source.text.indexOf("$", at)) {
    const substitution = readSubstitution(source.text, at, closes);
    if (source.text[at + 1] === "$") {
      flush(at + 1);
      run = at += 2;
    } else if (substitution === void 0 || depth > MAX_DEPTH) at++;
    else {
      flush(at);
      const value = valuePieces(source, at, substitution, environment, alternatives, limit, depth);
      units += textOf(value).length;
      pieces.push(...units > limit ? [untold(source.text.slice(at, substitution.end))] : value);
      run = at = substitution.end;
    }
  }
  flush(source.text.length);
  return pieces;
}
function untold(written) {
  const why = "its value in .env is too long, or depends on a variable that has none there";
  return { text: "", unknown: { written: written.slice(0, MAX_UNITS3), why, filled: true } };
}
function valuePieces(source, at, { name, operator, colon, word, end }, environment, alternatives, limit, depth) {
  const value = environment.get(name);
  const isSet2 = environment.has(name) && !(colon && value === "");
  const inner = () => interpolate(sliceText(source, ...word), environment, alternatives, limit, depth + 1);
  if (operator === "+") return isSet2 || alternatives ? inner() : [CONDITIONAL];
  if (operator === "-" && !isSet2) return inner();
  const written = source.text.slice(at, end);
  if (isSet2 && value === void 0) return [untold(written)];
  if (isSet2) return [{ text: value ?? "", anchor: placeOf(source, end - 1) + 1 }];
  const why = `the variable ${name} has neither a default here nor a value in .env`;
  return [{ text: "", unknown: { written, why, filled: operator === "?" } }];
}
function readSubstitution(text, at, closes) {
  const braced = text[at + 1] === "{";
  const from = at + (braced ? 2 : 1);
  let end = from;
  while (isNameUnit(text[end], end > from)) end++;
  if (end === from) return void 0;
  const name = text.slice(from, end);
  if (!braced) return { name, operator: "", colon: false, word: [end, end], end };
  const colon = text[end] === ":";
  const operator = text[end + (colon ? 1 : 0)] ?? "";
  if (operator === "}" && !colon) return { name, operator: "", colon, word: [end, end], end: end + 1 };
  if (!"-+?".includes(operator) || operator === "") return void 0;
  const word = end + (colon ? 2 : 1);
  const close = closes.get(at);
  return close === void 0 ? void 0 : { name, operator, colon, word: [word, close], end: close + 1 };
}
function isNameUnit(unit, further) {
  return unit !== void 0 && (further ? /\w/ : /[A-Za-z_]/).test(unit);
}
function closingBraces(text) {
  const closes = /* @__PURE__ */ new Map();
  const open = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "$" && text[at + 1] === "{") open.push(at);
    else if (text[at] === "}") {
      const from = open.pop();
      if (from !== void 0) closes.set(from, at);
    }
  }
  return closes;
}
var MAX_VARIABLES = 1e3;
function readEnvironment(text) {
  const environment = /* @__PURE__ */ new Map();
  for (const line of text.split("\n")) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*[=:](.*)$/.exec(line.trimEnd());
    if (match === null || environment.size >= MAX_VARIABLES) continue;
    const [, name = "", written = ""] = match;
    environment.set(name, environmentValue(written.trim(), environment));
  }
  return environment;
}
function environmentValue(written, environment) {
  const quote = written[0];
  if (quote === "'") return withinLimit(written.slice(1, closingQuote(written)));
  const value = quote === '"' ? written.slice(1, closingQuote(written)) : written.replace(/ #.*$/, "").trimEnd();
  const pieces = interpolate({ text: value, runs: [{ at: 0, start: 0 }] }, environment);
  return unknownIn(pieces) === void 0 ? withinLimit(textOf(pieces)) : void 0;
}
function withinLimit(value) {
  return value.length > MAX_UNITS3 ? void 0 : value;
}
function closingQuote(written) {
  const close = written.indexOf(written[0] ?? "", 1);
  return close < 0 ? written.length : close;
}

// src/files/yaml-token.ts
var import_yaml = __toESM(require_lexer(), 1);
var MAX_LEXEMES = 1e6;
var DOCUMENT = "";
var FLOW_END = "";
var SCALAR = "";
var CONTROLS = /[\u0002\u0018\u001F]/g;
var PUNCTUATION = new Map(
  ["-", "?", ":", "{", "}", "[", "]", ",", "---", "..."].map((kind) => [kind, kind])
);
var BEGINNINGS = /* @__PURE__ */ new Map([
  ["*", "alias"],
  ["&", "anchor"],
  ["!", "tag"],
  ["'", "single"],
  ['"', "double"],
  ["|", "header"],
  [">", "header"]
]);
function newLexemeBudget() {
  return { left: MAX_LEXEMES };
}
function readTokens(text, from, to, budget) {
  const tokens = [];
  const state = { at: from, line: 0, lineStart: from, first: true, isScalar: false, flow: 0 };
  for (const lexeme of new import_yaml.Lexer().lex(text.slice(from, to).replaceAll(CONTROLS, "�"))) {
    if (--budget.left < 0) throw tooMuch();
    if (lexeme === DOCUMENT) continue;
    if (lexeme === "") {
      state.isScalar = false;
      if (tokens.at(-1)?.kind === "header") tokens.push(tokenAt(state, "block", state.at, state.line));
    } else if (lexeme === SCALAR) state.isScalar = true;
    else if (lexeme === FLOW_END) {
      tokens.push(tokenAt(state, "broken", state.at, state.line));
      state.flow = 0;
    } else readLexeme(text, lexeme, state, tokens);
  }
  return tokens;
}
function readLexeme(text, lexeme, state, tokens) {
  const kind = kindOf(lexeme, state, tokens.at(-1));
  const end = state.at + lexeme.length;
  state.isScalar = false;
  const newline = kind === void 0 || kind === "plain" || kind === "block" || kind === "single" || kind === "double";
  const last = newline ? lexeme.lastIndexOf("\n") : -1;
  const breaks = last < 0 ? 0 : lineBreaks(lexeme);
  if (kind === "{" || kind === "[") state.flow++;
  if (kind === "}" || kind === "]") state.flow--;
  if (kind === ":" && state.flow <= 0) splitKey(text, state, tokens);
  if (kind !== void 0) {
    tokens.push(tokenAt(state, kind, end, state.line + breaks));
    state.first = false;
  }
  if (last >= 0) {
    state.line += breaks;
    state.lineStart = state.at + last + 1;
    state.first = last === lexeme.length - 1;
  }
  state.at = end;
}
function splitKey(text, state, tokens) {
  const last = tokens.at(-1);
  if (last?.kind !== "plain" || last.line === last.lastLine || last.lastLine !== state.line) return;
  const written = text.slice(state.lineStart, last.end);
  const column = written.length - written.trimStart().length;
  const value = text.slice(last.start, state.lineStart).trimEnd();
  const lastLine = last.line + lineBreaks(value);
  tokens[tokens.length - 1] = { ...last, end: last.start + value.length, lastLine };
  const start = state.lineStart + column;
  tokens.push({ kind: "plain", start, end: last.end, line: state.line, lastLine: state.line, column, first: true });
}
function tokenAt(state, kind, end, lastLine) {
  const { at, line, lineStart, first } = state;
  return { kind, start: at, end, line, lastLine, column: at - lineStart, first };
}
function kindOf(lexeme, state, previous) {
  if (state.isScalar) return previous?.kind === "header" ? "block" : "plain";
  return PUNCTUATION.get(lexeme) ?? BEGINNINGS.get(lexeme.charAt(0));
}
function lineBreaks(lexeme) {
  let breaks = 0;
  for (let at = lexeme.indexOf("\n"); at >= 0; at = lexeme.indexOf("\n", at + 1)) breaks++;
  return breaks;
}
function tooMuch() {
  const message = `the file has more than ${MAX_LEXEMES.toLocaleString("en")} YAML tokens, too many to be read in time`;
  return new UserError("limit", message, "Split the file, or leave it out with the input exclude");
}

// src/files/yaml-cursor.ts
function peek2(tree) {
  return tree.tokens[tree.at];
}
function isDocumentEnd(token) {
  return token.kind === "---" || token.kind === "...";
}
function takeProperties(tree, line) {
  const properties = {};
  for (let token = peek2(tree); token?.line === line; token = peek2(tree)) {
    if (token.kind === "anchor") properties.anchor = tree.text.slice(token.start + 1, token.end);
    else if (token.kind === "tag") properties.tag = tree.text.slice(token.start, token.end);
    else break;
    tree.at++;
  }
  return properties;
}
function finish(tree, node, { anchor, tag }) {
  const tagged = tag === void 0 || node.kind === "alias" ? node : { ...node, tag };
  if (anchor !== void 0) tree.anchors.set(anchor, tagged);
  return tagged;
}
function emptyNode(at) {
  return { kind: "scalar", style: "plain", text: "", start: at, end: at, indent: 0 };
}
function enter(tree) {
  if (++tree.depth <= LIMITS.yamlDepth) return;
  const message = `the file's YAML is nested deeper than ${LIMITS.yamlDepth} levels`;
  throw new UserError("limit", message, "Leave the file out with the input exclude");
}

// src/files/yaml-scalar.ts
function scalarPieces(file, scalar) {
  const { style, start, end, indent } = scalar;
  if (style === "literal" || style === "folded") return blockPieces(file, start, end, indent, style);
  if (style === "plain") return flowPieces(file, start, end, style);
  return flowPieces(file, start + 1, closesQuote(file, start, end) ? end - 1 : end, style);
}
function scalarText(file, scalar) {
  const { style, start, end } = scalar;
  if (style === "plain" || style === "single" || style === "double") {
    const raw = style === "plain" ? file.slice(start, end) : file.slice(start + 1, end - 1);
    const special = style === "single" ? raw.includes("'") : style === "double" && raw.includes("\\");
    if (!special && !raw.includes("\n") && (style === "plain" || closesQuote(file, start, end))) return raw;
  }
  return scalarPieces(file, scalar).map(({ text }) => text).join("");
}
function closesQuote(file, start, end) {
  return end - start > 1 && file[end - 1] === file[start];
}
function flowPieces(file, from, to, style) {
  const pieces = [];
  let at = from;
  let run = from;
  const flush = (end) => {
    if (end > run) pieces.push({ text: file.slice(run, end), start: run });
  };
  while (at < to) {
    const unit = file[at];
    if (unit === "\n") {
      flush(withoutBlanks(file, run, at));
      const fold = foldedBreak(file, at, to);
      if (fold.text !== "") pieces.push({ text: fold.text, start: at });
      run = at = fold.end;
    } else if (style === "single" && unit === "'" && file[at + 1] === "'") {
      flush(at + 1);
      run = at += 2;
    } else if (style === "double" && unit === "\\") {
      flush(at);
      const escape = readEscape2(file, at, to);
      if (escape.text !== "") pieces.push({ text: escape.text, start: at });
      run = at = escape.end;
    } else at++;
  }
  flush(to);
  return pieces;
}
function withoutBlanks(file, from, to) {
  let end = to;
  while (end > from && isBlank(file[end - 1])) end--;
  return end;
}
function isBlank(unit) {
  return unit === " " || unit === "	" || unit === "\r";
}
function foldedBreak(file, at, to) {
  let breaks = 0;
  let end = at;
  while (end < to && (file[end] === "\n" || isBlank(file[end]))) {
    if (file[end] === "\n") breaks++;
    end++;
  }
  return { text: breaks === 1 ? " " : "\n".repeat(breaks - 1), end };
}
var ESCAPES2 = /* @__PURE__ */ new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["e", "\x1B"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "	"],
  ["v", "\v"],
  ["N", ""],
  ["_", " "],
  ["L", "\u2028"],
  ["P", "\u2029"]
]);
var HEX_ESCAPES = /* @__PURE__ */ new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8]
]);
function readEscape2(file, at, to) {
  const unit = file[at + 1] ?? "";
  const lineEnd2 = unit === "\r" && file[at + 2] === "\n" ? at + 3 : unit === "\n" ? at + 2 : void 0;
  if (lineEnd2 !== void 0) {
    let end = lineEnd2;
    while (end < to && isBlank(file[end])) end++;
    return { text: "", end };
  }
  const digits = HEX_ESCAPES.get(unit);
  if (digits === void 0) return { text: ESCAPES2.get(unit) ?? unit, end: Math.min(to, at + 2) };
  const hex = file.slice(at + 2, Math.min(to, at + 2 + digits));
  const point = /^[0-9a-fA-F]+$/.test(hex) ? Number.parseInt(hex, 16) : 65533;
  return { text: String.fromCodePoint(point > 1114111 ? 65533 : point), end: at + 2 + hex.length };
}
function blockPieces(file, from, to, indent, style) {
  const pieces = [];
  let pending = [];
  let before = "start";
  for (const line of blockLines(file, from, to, indent)) {
    if (line.text !== "") {
      const now = line.text.startsWith(" ") || line.text.startsWith("	") ? "indented" : "text";
      const folds = style === "folded" && before === "text" && now === "text";
      if (folds && pending.length === 1) pieces.push({ text: " ", start: pending[0] ?? from });
      else pieces.push(...pending.slice(folds ? 1 : 0).map((start) => ({ text: "\n", start })));
      pieces.push({ text: line.text, start: line.start });
      before = now;
      pending = [];
    }
    if (line.end < to) pending.push(line.end);
  }
  if (before !== "start" && pending[0] !== void 0) pieces.push({ text: "\n", start: pending[0] });
  return pieces;
}
function* blockLines(file, from, to, indent) {
  for (let at = from; at < to; ) {
    const newline = file.indexOf("\n", at);
    const end = newline < 0 || newline > to ? to : newline;
    const textEnd = file[end - 1] === "\r" && end > at ? end - 1 : end;
    let start = at;
    while (start < textEnd && start - at < indent && file[start] === " ") start++;
    yield { text: file.slice(start, textEnd), start, end };
    at = end + 1;
  }
}

// src/files/yaml-leaf.ts
function closeOf(tree, from) {
  let open = 0;
  for (let at = from; at < tree.tokens.length; at++) {
    const kind = tree.tokens[at]?.kind;
    if (kind === "{" || kind === "[") open++;
    else if (kind === "}" || kind === "]") open--;
    else if (kind === "broken" || kind === "---" || kind === "...") return at - 1;
    if (open === 0) return at;
  }
  return tree.tokens.length - 1;
}
function readLeaf(tree, token, parent) {
  const { start, end } = token;
  if (token.kind === "{" || token.kind === "[") return readFlow(tree, token);
  if (token.kind === "header") return readBlockScalar(tree, token, parent);
  tree.at++;
  if (token.kind === "plain" || token.kind === "single" || token.kind === "double") {
    return scalarNode(tree, { style: token.kind, start, end, indent: 0 });
  }
  if (token.kind !== "alias") return emptyNode(start);
  return { kind: "alias", start, end, target: tree.anchors.get(tree.text.slice(start + 1, end)) };
}
function scalarNode(tree, scalar) {
  return { kind: "scalar", ...scalar, text: scalarText(tree.text, scalar) };
}
function readBlockScalar(tree, header, parent) {
  tree.at++;
  const style = tree.text[header.start] === "|" ? "literal" : "folded";
  const token = peek2(tree);
  if (token?.kind !== "block") return scalarNode(tree, { style, start: header.end, end: header.end, indent: 0 });
  tree.at++;
  const { start, end } = token;
  const indicators = tree.text.slice(header.start, header.end);
  const digit = /[1-9]/.exec(indicators)?.[0];
  const indent = digit === void 0 ? indentOf(tree.text, start, end) : Math.max(0, parent) + Number(digit);
  const scalar = scalarNode(tree, { style, start, end, indent });
  return indicators.includes("-") ? { ...scalar, text: scalar.text.replace(/\n$/, "") } : scalar;
}
function indentOf(text, from, to) {
  let lineStart = from;
  for (let at = from; at < to; at++) {
    if (text[at] === "\n") lineStart = at + 1;
    else if (text[at] !== " " && text[at] !== "\r") return at - lineStart;
  }
  return to - from;
}
function readFlow(tree, open) {
  const entries = [];
  const items = [];
  const isMap = open.kind === "{";
  enter(tree);
  tree.at++;
  for (let token = peek2(tree); token !== void 0 && !isFlowEnd(token); token = peek2(tree)) {
    if (token.kind === "," || token.kind === "?") {
      tree.at++;
      continue;
    }
    const key = readFlowNode(tree);
    const colon = peek2(tree);
    if (colon?.kind === ":") {
      tree.at++;
      const entry = { key, value: readFlowNode(tree) };
      entries.push(entry);
      const { start, end } = { start: key.start, end: entry.value.end };
      if (!isMap) items.push({ kind: "map", entries: [entry], flow: true, column: 0, start, end });
    } else if (isMap) entries.push({ key, value: emptyNode(key.end) });
    else items.push(key);
  }
  const close = peek2(tree);
  if (close?.kind === "}" || close?.kind === "]") tree.at++;
  tree.depth--;
  const range = { start: open.start, end: tree.tokens[tree.at - 1]?.end ?? open.end };
  return isMap ? { kind: "map", entries, flow: true, column: open.column, ...range } : { kind: "list", items, flow: true, ...range };
}
function isFlowEnd({ kind }) {
  return kind === "}" || kind === "]" || kind === "broken" || kind === "---" || kind === "...";
}
function readFlowNode(tree) {
  const token = peek2(tree);
  if (token?.kind === "anchor" || token?.kind === "tag") {
    const properties = takeProperties(tree, token.line);
    return finish(tree, readFlowNode(tree), properties);
  }
  const before = tree.tokens[tree.at - 1]?.end ?? 0;
  if (token === void 0 || isFlowEnd(token) || token.kind === "," || token.kind === ":") return emptyNode(before);
  return readLeaf(tree, token, 0);
}

// src/files/yaml-tree.ts
function readDocuments(text, tokens) {
  const tree = { text, tokens, at: 0, depth: 0, anchors: /* @__PURE__ */ new Map() };
  const documents = [];
  let roots = [];
  for (let token = peek2(tree); token !== void 0; token = peek2(tree)) {
    const start = tree.at;
    if (token.kind === "---" || token.kind === "...") {
      tree.at++;
      documents.push(...joinRoots(roots));
      roots = [];
      tree.anchors.clear();
    } else {
      const node = readNode(tree, { parent: -1, listAtParent: false, line: -1, compact: true, end: token.start });
      if (node.end > node.start || node.kind !== "scalar") roots.push(node);
      if (tree.at === start) tree.at++;
    }
  }
  documents.push(...joinRoots(roots));
  return documents;
}
function joinRoots(roots) {
  const blocks = roots.filter((node) => node.kind === "map" && !node.flow).filter((node) => node.kind === "map");
  const [first] = blocks;
  if (first === void 0) return roots.slice(0, 1);
  if (blocks.length === 1) return [first];
  return [{ ...first, entries: blocks.flatMap(({ entries }) => entries), end: blocks.at(-1)?.end ?? first.end }];
}
var SCALARS = /* @__PURE__ */ new Set(["plain", "single", "double"]);
function belongs(token, place) {
  return token !== void 0 && isPartOf(token, place);
}
function isPartOf(token, place) {
  if (isDocumentEnd(token)) return false;
  if (token.line === place.line || token.column > place.parent) return true;
  return place.listAtParent && token.kind === "-" && token.column === place.parent && token.first;
}
function readNode(tree, place) {
  passStrayLines(tree, place);
  const token = peek2(tree);
  if (!belongs(token, place)) return emptyNode(place.end);
  if (token.kind !== "anchor" && token.kind !== "tag") return readContent(tree, token, token.column, place, {});
  const properties = takeProperties(tree, token.line);
  const next = peek2(tree);
  const end = tree.tokens[tree.at - 1]?.end ?? place.end;
  if (!belongs(next, place)) return finish(tree, emptyNode(end), properties);
  if (next.line !== token.line)
    return finish(tree, readNode(tree, { ...place, line: -1, compact: true, end }), properties);
  return readContent(tree, next, token.column, place, properties);
}
function readContent(tree, token, column, place, properties) {
  const mayStartBlock = token.line !== place.line || place.compact;
  if (token.kind === "-" && mayStartBlock) return finish(tree, readList2(tree, token.column), properties);
  if (mayStartBlock && isKey(tree)) return readMap(tree, column, properties);
  return finish(tree, readLeaf(tree, token, place.parent), properties);
}
function isKey(tree) {
  const token = peek2(tree);
  if (token === void 0) return false;
  if (token.kind === "?" || token.kind === ":") return true;
  const last = token.kind === "{" || token.kind === "[" ? closeOf(tree, tree.at) : tree.at;
  const isNode = last > tree.at || SCALARS.has(token.kind) || token.kind === "alias";
  const colon = tree.tokens[last + 1];
  return isNode && colon?.kind === ":" && colon.line === tree.tokens[last]?.lastLine && colon.line === token.line;
}
function readList2(tree, column) {
  const items = [];
  const start = peek2(tree)?.start ?? 0;
  enter(tree);
  for (let token = peek2(tree); token !== void 0 && !isDocumentEnd(token); token = peek2(tree)) {
    if (items.length > 0 && isOutside(tree, token, column, "-")) break;
    if (token.kind !== "-" || token.column !== column) {
      pass(tree);
      continue;
    }
    tree.at++;
    items.push(
      readNode(tree, { parent: column, listAtParent: false, line: token.line, compact: true, end: token.end })
    );
  }
  tree.depth--;
  return { kind: "list", items, flow: false, start, end: tree.tokens[tree.at - 1]?.end ?? start };
}
function readMap(tree, column, firstKey) {
  const entries = [];
  const start = peek2(tree)?.start ?? 0;
  let properties = firstKey;
  enter(tree);
  for (let token = peek2(tree); token !== void 0 && !isDocumentEnd(token); token = peek2(tree)) {
    if (entries.length > 0) {
      if (isOutside(tree, token, column, void 0)) break;
      const line = token.first && token.column === column ? token.line : -1;
      if (line >= 0) properties = takeProperties(tree, line);
      if (line < 0 || !isKey(tree)) {
        pass(tree);
        continue;
      }
    }
    entries.push(readEntry(tree, column, properties));
  }
  tree.depth--;
  return { kind: "map", entries, flow: false, column, start, end: tree.tokens[tree.at - 1]?.end ?? start };
}
function isOutside(tree, token, column, indicator) {
  if (!token.first || token.column > column) return false;
  if (token.column === column && (indicator === void 0 || token.kind === indicator)) return false;
  return token.kind === "-" || token.kind === "anchor" || token.kind === "tag" || isKey(tree);
}
function passStrayLines(tree, place) {
  for (let token = peek2(tree); token !== void 0; token = peek2(tree)) {
    const isStray = STRAY.has(token.kind) && token.first && !isKey(tree);
    if (!isStray || isPartOf(token, place)) return;
    const { line } = token;
    while (peek2(tree)?.line === line) pass(tree);
  }
}
var STRAY = /* @__PURE__ */ new Set(["{", "[", "}", "]", ",", "broken"]);
function pass(tree) {
  const kind = peek2(tree)?.kind;
  tree.at = (kind === "{" || kind === "[" ? closeOf(tree, tree.at) : tree.at) + 1;
}
function readEntry(tree, column, properties) {
  const token = peek2(tree);
  if (token?.kind === "?") {
    tree.at++;
    const place = { parent: column, listAtParent: true, line: token.line, compact: true, end: token.end };
    const key2 = readNode(tree, place);
    const colon2 = peek2(tree);
    if (colon2?.kind !== ":" || colon2.column !== column || !colon2.first) return { key: key2, value: emptyNode(key2.end) };
    tree.at++;
    return { key: key2, value: readNode(tree, { ...place, line: colon2.line, end: colon2.end }) };
  }
  const isEmpty4 = token === void 0 || token.kind === ":";
  const key = finish(tree, isEmpty4 ? emptyNode(token?.start ?? 0) : readLeaf(tree, token, column), properties);
  const colon = peek2(tree);
  if (colon?.kind !== ":") return { key, value: emptyNode(key.end) };
  tree.at++;
  const value = readNode(tree, {
    parent: column,
    listAtParent: true,
    line: colon.line,
    compact: false,
    end: colon.end
  });
  return { key, value };
}

// src/files/yaml.ts
var MAX_WORK = 4e5;
function spend(file, amount = 1) {
  file.work.left -= amount;
  if (file.work.left >= 0) return;
  const message = `the file has more than ${MAX_WORK.toLocaleString("en")} places to look at, aliases and variables put in`;
  throw new UserError("limit", message, "Leave the file out with the input exclude");
}
function readYaml(source, isWanted = () => true) {
  const text = typeof source === "string" ? source : source.text;
  const budget = newLexemeBudget();
  const documents = [];
  for (const [start, end] of documentRanges(text)) {
    if (isWanted(text.slice(start, end))) documents.push(...readDocuments(text, readTokens(text, start, end, budget)));
  }
  const work = { left: MAX_WORK };
  return typeof source === "string" ? { text, documents, work } : { text, within: source, documents, work };
}
function documentRanges(text) {
  const ranges = [];
  let start = 0;
  for (let at = text.indexOf("\n---"); at >= 0; at = text.indexOf("\n---", at + 1)) {
    const behind = text[at + 4];
    if (behind !== void 0 && !/\s/.test(behind)) continue;
    ranges.push([start, at + 1]);
    start = at + 1;
  }
  return [...ranges, [start, text.length]];
}

// src/files/sibling.ts
var MAX_UNITS4 = 16 * 1024 * 1024;
var MAX_KEPT = 512 * 1024;
var MAX_FILE = MAX_KEPT;
var PARSED = /* @__PURE__ */ new WeakMap();
function siblingYaml(sibling, path) {
  const parsed = PARSED.get(sibling) ?? { left: MAX_UNITS4, kept: 0, files: /* @__PURE__ */ new Map() };
  PARSED.set(sibling, parsed);
  if (parsed.files.has(path)) return parsed.files.get(path);
  const text = sibling(path);
  if (text === void 0 || text.length > Math.min(MAX_FILE, parsed.left)) return void 0;
  if (parsed.kept + text.length > MAX_KEPT) {
    parsed.files.clear();
    parsed.kept = 0;
  }
  parsed.left -= text.length;
  parsed.kept += text.length;
  const yaml = readableYaml(text);
  parsed.files.set(path, yaml);
  return yaml;
}
function readableYaml(text) {
  try {
    return readYaml(text);
  } catch (error) {
    if (error instanceof UserError) return void 0;
    throw error;
  }
}
function folderOf(path) {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
function joinPath(folder, name) {
  if (name.startsWith("/") || name.includes("://")) return void 0;
  const parts = [];
  for (const part of `${folder}/${name}`.split("/")) {
    if (part === ".." && parts.length === 0) return void 0;
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

// src/files/yaml-lookup.ts
var MAX_MERGED = 100;
function resolveAlias(node) {
  let target = node;
  while (target?.kind === "alias") ({ target } = target);
  return target;
}
function mapOf(node) {
  const target = resolveAlias(node);
  return target?.kind === "map" ? target : void 0;
}
function itemsOf(node) {
  const target = resolveAlias(node);
  return target?.kind === "list" ? target.items : [];
}
function scalarOf(node) {
  const target = resolveAlias(node);
  return target?.kind === "scalar" && !isNull(target) ? target : void 0;
}
function scalarOrEmpty(node) {
  const target = resolveAlias(node);
  if (target?.kind !== "scalar") return void 0;
  return isNull(target) ? { ...target, text: "" } : target;
}
function textOf2(node) {
  return scalarOf(node)?.text;
}
function isNull(scalar) {
  return scalar.style === "plain" && scalar.tag !== "!!str" && /^(?:|~|null|Null|NULL)$/.test(scalar.text);
}
function keyOf({ key }) {
  return textOf2(key) ?? "";
}
function valueOf2(map, key) {
  return findValue(map, key, 0);
}
var MERGED_VALUES = /* @__PURE__ */ new WeakMap();
function findValue(map, key, depth) {
  if (depth > MAX_MERGED) throw tooManyMerges();
  const own = map.entries.findLast((entry) => keyOf(entry) === key);
  if (own !== void 0) return own.value;
  for (const merged of mergedInto(map)) {
    const values = MERGED_VALUES.get(merged) ?? /* @__PURE__ */ new Map();
    if (!values.has(key)) {
      MERGED_VALUES.set(merged, values);
      values.set(key, findValue(merged, key, depth + 1));
    }
    const value = values.get(key);
    if (value !== void 0) return value;
  }
  return void 0;
}
function entriesOf2(map) {
  if (!map.entries.some((entry) => keyOf(entry) === "<<")) return map.entries;
  const entries = /* @__PURE__ */ new Map();
  const seen = /* @__PURE__ */ new Set();
  const add = (from) => {
    if (seen.has(from)) return;
    seen.add(from);
    if (seen.size > MAX_MERGED) throw tooManyMerges();
    for (const entry of from.entries) {
      const key = keyOf(entry);
      if (key !== "<<" && !entries.has(key)) entries.set(key, entry);
    }
    mergedInto(from).forEach(add);
  };
  add(map);
  return [...entries.values()];
}
function mergedInto(map) {
  const maps = [];
  for (const entry of map.entries) {
    if (keyOf(entry) === "<<") maps.push(mapOf(entry.value), ...itemsOf(entry.value).map(mapOf));
  }
  if (maps.length > MAX_MERGED) throw tooManyMerges();
  return maps.filter((merged) => merged !== void 0);
}
function tooManyMerges() {
  const message = `a map of the file merges more than ${MAX_MERGED} others with <<`;
  return new UserError("limit", message, "Leave the file out with the input exclude");
}
function* mapsIn(node) {
  if (node.kind === "list") for (const item of node.items) yield* mapsIn(item);
  if (node.kind !== "map") return;
  yield node;
  for (const { value } of node.entries) yield* mapsIn(value);
}
function mapScalar(file, scalar) {
  const { within } = file;
  const isWritten = file.text.startsWith(scalar.text, scalar.start) && scalar.style === "plain";
  if (isWritten && within === void 0) return mapText(scalar.text, scalar.start);
  const pieces = scalarPieces(file.text, scalar);
  if (within === void 0) return joinPieces(pieces);
  return joinPieces(
    pieces.flatMap(({ text, start }) => {
      const outer = sliceText(within, start, start + text.length);
      return outer.text === text ? piecesOf(outer) : [{ text, start: placeOf(within, start) }];
    })
  );
}

// src/files/compose-services.ts
var MAX_OTHERS = 1024 * 1024;
function composeFile(path, yaml, environment, sibling) {
  const room = { left: MAX_OTHERS };
  return { path, yaml, environment, ...servicesIn(yaml), sibling, others: /* @__PURE__ */ new Map(), room, origin: yaml };
}
var TOP_LEVEL = new Set(
  "version name services networks volumes configs secrets include models".split(" ")
);
function servicesIn({ documents }) {
  const services = [];
  for (const root of documents.map(mapOf)) {
    for (const entry of root === void 0 ? [] : serviceEntries(root)) {
      const service = mapOf(entry.value);
      if (service !== void 0) services.push([keyOf(entry), service]);
    }
  }
  return { services, byName: new Map(services) };
}
function serviceEntries(root) {
  const services = valueOf2(root, "services");
  if (services === void 0) return root.entries.filter(isVersionOneService);
  const map = mapOf(services);
  return map === void 0 ? [] : entriesOf2(map);
}
function isVersionOneService(entry) {
  const service = mapOf(entry.value);
  if (service === void 0 || TOP_LEVEL.has(keyOf(entry)) || keyOf(entry).startsWith("x-")) return false;
  return valueOf2(service, "image") !== void 0 || valueOf2(service, "build") !== void 0;
}
function presentValue(map, key) {
  const value = valueOf2(map, key);
  return value === void 0 || isReset(value) || isEmpty(value) ? void 0 : value;
}
function isReset(value) {
  return value.kind !== "alias" && value.tag === "!reset";
}
function isEmpty(value) {
  return value.kind === "scalar" && scalarOf(value) === void 0;
}
function isBuilt(file, name, service) {
  return inherited({ file, name, service }, "build", 0) !== void 0;
}
function isLocal(file, name, service) {
  if (isBuilt(file, name, service)) return true;
  const policy = inherited({ file, name, service }, "pull_policy", 0);
  return policy === "never" || policy === "build";
}
var MAX_EXTENDED = 16;
function inherited({ file, name, service }, key, depth) {
  spend(file.origin);
  const value = valueOf2(service, key);
  if (value !== void 0 && isReset(value)) return void 0;
  if (value !== void 0 && !isEmpty(value)) return interpolatedText(file, value);
  if (depth >= MAX_EXTENDED) return void 0;
  for (const base of [extendedService(file, service), overriddenService(file, name)]) {
    const found = base === void 0 ? void 0 : inherited(base, key, depth + 1);
    if (found !== void 0) return found;
  }
  return void 0;
}
function interpolatedText({ yaml, environment }, value) {
  const scalar = scalarOf(value);
  return scalar === void 0 ? "" : textOf(interpolate(mapScalar(yaml, scalar), environment));
}
function extendedService(file, service) {
  const value = valueOf2(service, "extends");
  const map = mapOf(value);
  const name = textOf2(map === void 0 ? value : valueOf2(map, "service"));
  const path = map === void 0 ? void 0 : textOf2(valueOf2(map, "file"));
  if (name === void 0) return void 0;
  return serviceOf(path === void 0 ? file : otherFile(file, path), name);
}
function contextNames(contexts) {
  return [
    ...mapOf(contexts)?.entries.map(keyOf) ?? [],
    ...itemsOf(contexts).map((item) => textOf2(item)?.split("=", 1)[0] ?? "")
  ];
}
var DEFAULT_NAMES = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml"
];
var OVERRIDE_NAMES = DEFAULT_NAMES.map((name) => name.replace(".", ".override."));
function overriddenService(file, name) {
  return isNamed(file, OVERRIDE_NAMES) ? serviceOf(firstOf(file, DEFAULT_NAMES), name) : void 0;
}
function isBuiltByOverride(file, name) {
  const service = isNamed(file, DEFAULT_NAMES) ? firstOf(file, OVERRIDE_NAMES)?.byName.get(name) : void 0;
  return service !== void 0 && presentValue(service, "build") !== void 0;
}
function isNamed({ path }, names) {
  return names.includes(path.slice(folderOf(path).length));
}
function firstOf(file, names) {
  return names.map((name) => otherFile(file, name)).find((other) => other !== void 0);
}
function serviceOf(file, name) {
  const service = file?.byName.get(name);
  return file === void 0 || service === void 0 ? void 0 : { file, name, service };
}
var OTHER_FILE = 100;
function otherFile(file, name) {
  const { sibling, others } = file;
  const path = joinPath(folderOf(file.path), name);
  if (path === void 0) return void 0;
  if (!others.has(path)) {
    spend(file.origin, OTHER_FILE);
    const yaml = siblingYaml(sibling, path);
    file.room.left -= yaml?.text.length ?? 0;
    const isKnown3 = yaml !== void 0 && file.room.left >= 0;
    others.set(path, isKnown3 ? { ...file, path, yaml, ...servicesIn(yaml) } : void 0);
  }
  return others.get(path);
}
function includedPaths(yaml, path) {
  const names = servicesIn(yaml).services.map(([, service]) => {
    const map = mapOf(valueOf2(service, "extends"));
    return map === void 0 ? void 0 : valueOf2(map, "file");
  });
  for (const root of yaml.documents.map(mapOf)) {
    for (const item of root === void 0 ? [] : itemsOf(valueOf2(root, "include"))) {
      const paths = mapOf(item);
      const value = paths === void 0 ? item : valueOf2(paths, "path");
      spend(yaml, itemsOf(value).length);
      names.push(value, ...itemsOf(value));
    }
  }
  return names.flatMap((node) => {
    const name = textOf2(node);
    return name === void 0 ? [] : joinPath(folderOf(path), name) ?? [];
  });
}

// src/files/edit.ts
function applyEdits(text, edits) {
  const parts = [];
  let done = 0;
  let last;
  for (const edit of edits.toSorted((left, right) => left.start - right.start || left.end - right.end)) {
    if (last !== void 0 && sameEdit(last, edit)) continue;
    const sameInsertion = last !== void 0 && last.start === edit.start && last.end === edit.end;
    if (edit.start < done || edit.end < edit.start || edit.end > text.length || sameInsertion) {
      throw new RangeError(`edit of ${edit.start}-${edit.end} does not fit behind ${done} of ${text.length}`);
    }
    parts.push(text.slice(done, edit.start), edit.text);
    done = edit.end;
    last = edit;
  }
  parts.push(text.slice(done));
  return parts.join("");
}
function sameEdit(left, right) {
  return left.start === right.start && left.end === right.end && left.text === right.text;
}
function pinSite(site, text, pin) {
  if (site.unresolved !== void 0) return void 0;
  const { placement } = site;
  switch (placement.kind) {
    case "none":
      return void 0;
    case "value":
      return pinValue(site.reference, placement, text, pin);
    case "keys":
      return pinKeys(site, placement, text, pin);
    default:
      return placement;
  }
}
function pinnedText(reference, pin) {
  const { name, tag } = splitIdentifiers(reference);
  const wanted = pin.tag ?? tag;
  return `${name}${wanted === void 0 ? "" : `:${wanted}`}@${pin.digest}`;
}
function splitIdentifiers(reference) {
  const at = reference.indexOf("@");
  const named = at < 0 ? reference : reference.slice(0, at);
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  return {
    name: colon < 0 ? named : named.slice(0, colon),
    ...colon < 0 ? {} : { tag: named.slice(colon + 1) },
    ...at < 0 ? {} : { digest: reference.slice(at + 1) }
  };
}
function pinValue(reference, placement, text, pin) {
  const { range, prefix, quote } = placement;
  const present = text.slice(range.start, range.end);
  if (quote === "" && prefix + present !== reference) return void 0;
  const pinned = pinnedText(reference, pin);
  if (!pinned.startsWith(prefix)) return void 0;
  return changes(text, [{ start: range.start, end: range.end, text: pinned.slice(prefix.length) }]);
}
function pinKeys(site, placement, text, pin) {
  const { tag, digest, insertDigest } = placement;
  const written = tag === void 0 ? void 0 : unquoted(text, tag);
  const wantedTag = pin.tag ?? written?.split("@")[0];
  if (pin.tag !== void 0 && tag === void 0) return void 0;
  const edits = [];
  const isInTag = written?.includes("@") === true && site.reference.endsWith(`:${written}`);
  if (isInTag) return tagWithDigest(text, tag, wantedTag, pin);
  if (digest !== void 0) edits.push(quotedEdit(digest, pin.digest));
  else if (insertDigest !== void 0) {
    const { at, before, after } = insertDigest;
    edits.push({ start: at, end: at, text: before + pin.digest + after });
  } else return tagWithDigest(text, tag, wantedTag, pin);
  const isMisread = site.traits.some(({ kind }) => kind === "unquoted-tag");
  if (tag !== void 0 && wantedTag !== void 0 && (wantedTag !== written || isMisread)) {
    edits.push(quotedEdit(tag, wantedTag));
  }
  return changes(text, edits);
}
function tagWithDigest(text, range, tag, { digest }) {
  if (range === void 0 || tag === void 0 || tag === "") return void 0;
  return changes(text, [quotedEdit(range, `${tag}@${digest}`)]);
}
function quotedEdit(range, value) {
  const quote = range.quote === "" && !isPlainString(value) ? '"' : range.quote;
  return { start: range.start, end: range.end, text: quote + value + quote };
}
function unquoted(text, { start, end, quote }) {
  return text.slice(start + quote.length, end - quote.length);
}
function isPlainString(value) {
  if (/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value)) return false;
  return /^[a-z]/i.test(value) || value.includes("@");
}
function changes(text, edits) {
  return edits.filter((edit) => text.slice(edit.start, edit.end) !== edit.text);
}

// src/files/dockerfile-contexts.ts
var BAKE_NAMES = ["docker-bake.hcl", "docker-bake.json"];
var BUILD_FILE = /(?:^|\/)(?:docker-bake\.(?:hcl|json)|(?:docker-)?compose\.ya?ml)$/;
var MAX_UNITS5 = 2 * 1024 * 1024;
var AROUND = /* @__PURE__ */ new WeakMap();
function withoutNamedContexts(path, found, options) {
  return found.some(isBare) ? withoutContexts(found, contextsAround(folderOf(path), options)) : found;
}
function isBare({ reference, unresolved }) {
  const { tag, digest } = splitIdentifiers(reference);
  return unresolved === void 0 && tag === void 0 && digest === void 0;
}
function contextsAround(folder, options) {
  const { sibling } = options;
  const around = AROUND.get(sibling) ?? newAround(options);
  AROUND.set(sibling, around);
  const all = [];
  for (let at = folder; ; at = folderOf(at.slice(0, -1))) {
    const own = around.folders.get(at) ?? contextsOf(namesIn(at, sibling, around));
    around.folders.set(at, own);
    all.push(own);
    if (at === "") return all;
  }
}
function newAround({ files }) {
  const build = files === void 0 ? void 0 : new Set(files.filter((path) => BUILD_FILE.test(path)));
  return { left: MAX_UNITS5, isFile: (path) => build?.has(path) ?? true, folders: /* @__PURE__ */ new Map() };
}
function namesIn(folder, sibling, around) {
  return [...BAKE_NAMES, ...DEFAULT_NAMES].flatMap((name, index) => {
    const path = folder + name;
    const text = around.isFile(path) ? sibling(path) : void 0;
    if (text === void 0 || !text.includes("contexts") || text.length > around.left) return [];
    around.left -= text.length;
    return index < BAKE_NAMES.length ? bakeNames({ path, text }) : composeNames(path, sibling);
  });
}
function bakeNames(file) {
  try {
    return contextKeys(readBake(file, /* @__PURE__ */ new Map()));
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
function composeNames(path, sibling) {
  const yaml = siblingYaml(sibling, path);
  if (yaml === void 0) return [];
  return composeFile(path, yaml, /* @__PURE__ */ new Map(), sibling).services.flatMap(([, service]) => {
    const build = mapOf(valueOf2(service, "build"));
    return build === void 0 ? [] : contextNames(valueOf2(build, "additional_contexts"));
  });
}

// src/files/dockerfile-words.ts
var SEPARATORS = "	\v\f\r ";
var OTHER_SPACE = new RegExp("\\p{White_Space}", "u");
function isSpace(unit) {
  if (unit === void 0) return false;
  if (unit <= " ") return unit === " " || unit >= "	" && unit <= "\r";
  return unit > "~" && OTHER_SPACE.test(unit);
}
function trimText(source, start = 0) {
  let from = start;
  let to = source.text.length;
  while (from < to && isSpace(source.text[from])) from++;
  while (to > from && isSpace(source.text[to - 1])) to--;
  return sliceText(source, from, to);
}
function splitAtBlanks(source, limit) {
  const words = [];
  let at = 0;
  while (words.length < limit) {
    while (at < source.text.length && isSeparator(source.text[at])) at++;
    if (at >= source.text.length) break;
    const from = at;
    while (at < source.text.length && !isSeparator(source.text[at])) at++;
    words.push(sliceText(source, from, at));
  }
  return words;
}
function isSeparator(unit) {
  return unit !== void 0 && SEPARATORS.includes(unit);
}
function firstWord(source) {
  let end = 0;
  while (end < source.text.length && !isSeparator(source.text[end])) end++;
  let rest = end;
  while (rest < source.text.length && isSeparator(source.text[rest])) rest++;
  return { word: source.text.slice(0, end), rest };
}
function keep(ranges, at) {
  const last = ranges.at(-1);
  if (last?.end === at) last.end = at + 1;
  else ranges.push({ start: at, end: at + 1 });
}
function takeFlags(source, from, escape) {
  const { text } = source;
  const flags = [];
  let at = from;
  for (; ; ) {
    while (isSpace(text[at])) at++;
    if (!text.startsWith("--", at)) return { flags, rest: at };
    const { end, kept } = takeFlag(text, at, escape);
    const flag = joinRanges(source, kept);
    at = end;
    if (flag.text === "--") return { flags, rest: at };
    flags.push(flag);
  }
}
function takeFlag(text, from, escape) {
  const kept = [];
  let quote = "";
  let at = from;
  for (; at < text.length; at++) {
    const unit = text[at] ?? "";
    if (quote === "" && isSpace(unit)) break;
    if (unit === quote) quote = "";
    else if (quote === "" && (unit === '"' || unit === "'")) quote = unit;
    else if (unit === escape) {
      if (at + 1 < text.length) keep(kept, ++at);
    } else keep(kept, at);
  }
  return { end: at, kept };
}
function splitQuotedWords(source, escape) {
  const { text } = source;
  const words = [];
  let at = 0;
  for (; ; ) {
    while (isSpace(text[at])) at++;
    if (at >= text.length) return words;
    const from = at;
    let quote = "";
    let end = text.length;
    for (; at < text.length; at++) {
      const unit = text[at] ?? "";
      if (quote === "" && isSpace(unit)) break;
      if (unit === quote) quote = "";
      else if (quote === "" && (unit === '"' || unit === "'")) quote = unit;
      else if (unit === escape && quote !== "'") {
        if (at + 1 === text.length) end = at;
        else at++;
      }
    }
    words.push(sliceText(source, from, Math.min(at, end)));
  }
}

// src/files/dockerfile-directives.ts
var KNOWN = /* @__PURE__ */ new Set(["syntax", "escape", "check"]);
var MAX_LINE = 4096;
function readDirective(line, comment) {
  if (!line.startsWith(comment) || line.length > MAX_LINE) return void 0;
  let at = skipBlanks3(line, comment.length);
  const nameFrom = at;
  while (/[a-zA-Z0-9]/.test(line[at] ?? "")) at++;
  const name = line.slice(nameFrom, at).toLowerCase();
  at = skipBlanks3(line, at);
  if (!KNOWN.has(name) || line[at] !== "=" || at + 1 === line.length) return void 0;
  const from = skipBlanks3(line, at + 1);
  let to = line.length;
  while (to > from && isSpace(line[to - 1])) to--;
  return { name, from, to };
}
function skipBlanks3(line, from) {
  let at = from;
  while (isSpace(line[at])) at++;
  return at;
}
function readDirectives(text, from, comment, indented) {
  const found = [];
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const lineFrom = indented ? Math.min(skipBlanks3(text, at), end) : at;
    const directive = readDirective(text.slice(lineFrom, Math.min(end, lineFrom + MAX_LINE + 1)), comment);
    if (directive === void 0 || found.some(({ name }) => name === directive.name)) break;
    found.push({ name: directive.name, from: lineFrom + directive.from, to: lineFrom + directive.to });
    at = end + 1;
  }
  return found;
}
function escapeTokenOf(text) {
  const directive = readDirectives(text, 0, "#", true).find(({ name }) => name === "escape");
  return directive !== void 0 && text.slice(directive.from, directive.to) === "`" ? "`" : "\\";
}
function findSyntax(source) {
  const { text } = source;
  const firstLine = text.startsWith("#!") ? text.indexOf("\n") + 1 : 0;
  if (firstLine === 0 && text.startsWith("#!")) return void 0;
  for (const comment of ["#", "//"]) {
    const directive = readDirectives(text, firstLine, comment, false).find(({ name }) => name === "syntax");
    if (directive === void 0) continue;
    const blank = text.slice(directive.from, directive.to).indexOf(" ");
    return sliceText(source, directive.from, blank < 0 ? directive.to : directive.from + blank);
  }
  return findJsonSyntax(source, firstLine);
}
function findJsonSyntax(source, from) {
  if (source.text[skipBlanks3(source.text, from)] !== "{") return void 0;
  const root = scanJson(source.text.slice(from), "json");
  if (root?.kind !== "object") return void 0;
  const value = root.members.findLast((member) => member.key.value === "syntax")?.value;
  if (value?.kind !== "string") return void 0;
  const pieces = piecesOf(mapString(source.text.slice(from), value));
  return joinPieces(pieces.map(({ text, start }) => ({ text, start: placeOf(source, from + start) })));
}

// src/files/dockerfile-heredoc.ts
var MAX_DEPTH2 = 64;
function heredocsOf(line) {
  const words = splitShellWords(line, true);
  return (words ?? []).map(readHeredoc2).filter((heredoc) => heredoc !== void 0);
}
function readHeredoc2(word) {
  let at = 0;
  while (isDigit(word[at])) at++;
  if (!word.startsWith("<<", at)) return void 0;
  at += 2;
  const chomp = word[at] === "-";
  if (chomp) at++;
  const rest = word.slice(at).trimStart();
  if (rest === "" || rest.includes("<")) return void 0;
  const [name, ...others] = splitShellWords(rest, false) ?? [];
  return name === void 0 || others.length > 0 ? void 0 : { name, chomp };
}
function isDigit(unit) {
  return unit !== void 0 && unit >= "0" && unit <= "9";
}
function splitShellWords(text, raw) {
  const lexer = { text, rawQuotes: raw, rawEscapes: raw, at: 0, depth: 0, word: "", inWord: false, words: [] };
  if (readUntil(lexer, void 0, true) === void 0) return void 0;
  if (lexer.word !== "") lexer.words.push(lexer.word);
  return lexer.words;
}
function readUntil(lexer, stop, collect2) {
  if (++lexer.depth > MAX_DEPTH2) return void 0;
  const parts = [];
  for (; ; ) {
    const unit = lexer.text[lexer.at];
    if (unit === void 0) {
      lexer.depth--;
      return stop === void 0 ? parts.join("") : void 0;
    }
    if (unit === stop) {
      lexer.at++;
      lexer.depth--;
      return parts.join("");
    }
    const part = readPart(lexer, unit);
    if (part === void 0) return void 0;
    parts.push(part.text);
    if (collect2) addToWord(lexer, part.text, part.splits);
  }
}
function readPart(lexer, unit) {
  if (unit === "'" || unit === '"') return whole(unit === "'" ? readSingle(lexer) : readDouble(lexer));
  if (unit === "$") {
    const text = readDollar(lexer);
    return text === void 0 ? void 0 : { text, splits: true };
  }
  if (unit === "<") return whole(readArrows(lexer));
  lexer.at++;
  if (unit !== "\\") return { text: unit, splits: true };
  const next = lexer.text[lexer.at++] ?? "";
  return whole((lexer.rawEscapes ? unit : "") + next);
}
function whole(text) {
  return text === void 0 ? void 0 : { text, splits: false };
}
function addToWord(lexer, text, splits) {
  if (!splits) {
    lexer.word += text;
    lexer.inWord = true;
    return;
  }
  for (const unit of text) {
    if (!isSpace(unit)) {
      lexer.word += unit;
      lexer.inWord = true;
    } else if (lexer.inWord && lexer.word !== "") {
      lexer.words.push(lexer.word);
      lexer.word = "";
      lexer.inWord = false;
    }
  }
}
function readSingle(lexer) {
  const end = lexer.text.indexOf("'", lexer.at + 1);
  if (end < 0) return void 0;
  const text = lexer.text.slice(lexer.at + 1, end);
  lexer.at = end + 1;
  return lexer.rawQuotes ? `'${text}'` : text;
}
function readDouble(lexer) {
  const parts = [];
  lexer.at++;
  for (; ; ) {
    const unit = lexer.text[lexer.at];
    if (unit === void 0) return void 0;
    if (unit === '"') break;
    if (unit === "$") {
      const value = readDollar(lexer);
      if (value === void 0) return void 0;
      parts.push(value);
      continue;
    }
    lexer.at++;
    if (unit !== "\\") {
      parts.push(unit);
      continue;
    }
    if (lexer.rawEscapes) parts.push(unit);
    const next = lexer.text[lexer.at];
    if (next === '"' || next === "$" || next === "\\") {
      parts.push(next);
      lexer.at++;
    } else if (next !== void 0) parts.push(unit);
  }
  lexer.at++;
  const text = parts.join("");
  return lexer.rawQuotes ? `"${text}"` : text;
}
function readArrows(lexer) {
  const from = lexer.at++;
  if (lexer.text[lexer.at] !== "<") return "<";
  lexer.at++;
  while (lexer.text[lexer.at] === " " || lexer.text[lexer.at] === "	" || lexer.text[lexer.at] === "\r") lexer.at++;
  return lexer.text.slice(from, lexer.at);
}
function readDollar(lexer) {
  const from = lexer.at++;
  if (lexer.text[lexer.at] !== "{") {
    lexer.at += variableNameLength(lexer.text, lexer.at);
    return lexer.text.slice(from, lexer.at);
  }
  lexer.at++;
  const first = lexer.text[lexer.at];
  if (first === void 0 || first === "{" || first === "}" || first === ":") return void 0;
  lexer.at += variableNameLength(lexer.text, lexer.at);
  let operator = lexer.text[lexer.at++];
  if (operator === "}") return lexer.text.slice(from, lexer.at);
  const afterColon = operator === ":";
  if (afterColon) operator = lexer.text[lexer.at++];
  lexer.word = "";
  if (operator === "/" && !afterColon) {
    if (lexer.text[lexer.at] === "/") lexer.at++;
    if (readUntil(lexer, "/", false) === void 0) return void 0;
  } else if (operator === void 0 || !afterColon && !"+-?#%".includes(operator)) return void 0;
  else if (afterColon && (operator === "#" || operator === "%")) return void 0;
  if (readUntil(lexer, "}", false) === void 0) return void 0;
  return lexer.text.slice(from, lexer.at);
}
var NAME_UNIT = /[\p{L}\p{Nd}_]/u;
function variableNameLength(text, at) {
  const first = text[at];
  if (first === void 0) return 0;
  let end = at;
  if (isDigit(first)) {
    while (isDigit(text[end])) end++;
  } else if ("@*#?-$!".includes(first)) end++;
  else while (NAME_UNIT.test(text[end] ?? "")) end++;
  return end - at;
}

// src/files/dockerfile-lines.ts
var WITH_HEREDOC = /* @__PURE__ */ new Set(["add", "copy", "run"]);
function readInstruction(line, escape) {
  const trimmed = trimText(line);
  const { word, rest } = firstWord(trimmed);
  const { flags, rest: argumentsAt } = takeFlags(trimmed, rest, escape);
  return { keyword: word.toLowerCase(), flags, rest: trimText(trimmed, argumentsAt) };
}
function* scanInstructions(source, escape) {
  const cursor = { text: source.text, at: 0 };
  for (let line = nextLine(cursor); line !== void 0; line = nextLine(cursor)) {
    const from = skipBlanks4(source.text, line.from, line.to);
    if (from === line.to || source.text[from] === "#") continue;
    const logical = readContinued(source, cursor, { from, to: line.to }, escape);
    const instruction = readInstruction(logical, escape);
    if (instruction.keyword === "") continue;
    yield instruction;
    for (const heredoc of heredocsIn(instruction, logical.text, escape)) skipBody(cursor, heredoc);
  }
}
function nextLine(cursor) {
  const from = cursor.at;
  if (from >= cursor.text.length) return void 0;
  const newline = cursor.text.indexOf("\n", from);
  const end = newline < 0 ? cursor.text.length : newline;
  cursor.at = end + 1;
  let to = end;
  while (to > from && cursor.text[to - 1] === "\r") to--;
  return { from, to };
}
function readContinued(source, cursor, first, escape) {
  let end = continuationAt(source.text, first, escape);
  if (end === void 0) return sliceText(source, first.from, first.to);
  const parts = [{ start: first.from, end }];
  while (end !== void 0) {
    const line = nextLine(cursor);
    if (line === void 0) break;
    const from = skipBlanks4(source.text, line.from, line.to);
    if (from === line.to || source.text[from] === "#") continue;
    end = continuationAt(source.text, line, escape);
    parts.push({ start: line.from, end: end ?? line.to });
  }
  return joinRanges(source, parts);
}
function continuationAt(text, line, escape) {
  let at = line.to - 1;
  while (at >= line.from && (text[at] === " " || text[at] === "	")) at--;
  if (at < line.from || text[at] !== escape) return void 0;
  return at > line.from && text[at - 1] === escape ? void 0 : at;
}
function skipBlanks4(text, from, to) {
  let at = from;
  while (at < to && isSpace(text[at])) at++;
  return at;
}
function heredocsIn(instruction, line, escape) {
  if (!line.includes("<<")) return [];
  const inner = instruction.keyword === "onbuild" ? readInstruction(instruction.rest, escape) : instruction;
  if (!WITH_HEREDOC.has(inner.keyword) || isJsonList(inner.rest.text)) return [];
  return heredocsOf(line);
}
function isJsonList(text) {
  return text.startsWith("[") && Array.isArray(parseJson(text));
}
function skipBody(cursor, heredoc) {
  for (let line = nextLine(cursor); line !== void 0; line = nextLine(cursor)) {
    let { from } = line;
    if (heredoc.chomp) while (from < line.to && cursor.text[from] === "	") from++;
    if (cursor.text.slice(from, line.to) === heredoc.name) return;
  }
}

// src/files/dockerfile-mount.ts
function mountSource(mount) {
  const field = splitFields(mount)?.findLast(({ text }) => /^from=/i.test(text));
  return field === void 0 ? void 0 : sliceText(field, "from=".length);
}
function splitFields(source) {
  const { text } = source;
  const fields = [];
  for (let at = 0; ; at++) {
    const read = text[at] === '"' ? readQuoted2(source, at) : readPlain(source, at);
    if (read === void 0) return void 0;
    fields.push(read.field);
    at = read.end;
    if (at >= text.length) return fields;
    if (text[at] !== ",") return void 0;
  }
}
function readPlain(source, at) {
  const comma = source.text.indexOf(",", at);
  const end = comma < 0 ? source.text.length : comma;
  const field = sliceText(source, at, end);
  return field.text.includes('"') ? void 0 : { field, end };
}
function readQuoted2(source, open) {
  const parts = [];
  for (let from = open + 1; ; ) {
    const quote = source.text.indexOf('"', from);
    if (quote < 0) return void 0;
    const isText = source.text[quote + 1] === '"';
    parts.push({ start: from, end: isText ? quote + 1 : quote });
    if (!isText) return { field: joinRanges(source, parts), end: quote + 1 };
    from = quote + 2;
  }
}

// src/files/dockerfile-pattern.ts
function parsePattern(text) {
  const tokens = [];
  for (let at = 0; at < text.length; at++) {
    let unit = text[at] ?? "";
    if (unit === "*") tokens.push({ kind: "star" });
    else if (unit === "?") tokens.push({ kind: "any" });
    else if (unit !== "\\") tokens.push({ kind: "unit", unit });
    else if (text[at + 1] !== "}" && text[at + 1] !== "/") {
      unit = text[++at] ?? "";
      if (unit !== "*" && unit !== "?" && unit !== "\\") return void 0;
      tokens.push({ kind: "unit", unit });
    }
  }
  return tokens;
}
function matchEnd(pattern, text, from, longest, steps) {
  const rounds = [];
  steps.left -= pattern.length;
  let states = [];
  addState(pattern, 0, states, rounds, from);
  let found = rounds[pattern.length] === from ? from : void 0;
  for (let at = from; at < text.length && states.length > 0; at++) {
    if (found !== void 0 && !longest) break;
    steps.left -= states.length;
    if (steps.left < 0) return void 0;
    const next = [];
    for (const state of states) {
      const token = pattern[state];
      if (token?.kind === "star") addState(pattern, state, next, rounds, at + 1);
      else if (token?.kind === "any" || token?.kind === "unit" && token.unit === text[at]) {
        addState(pattern, state + 1, next, rounds, at + 1);
      }
    }
    states = next;
    if (rounds[pattern.length] === at + 1) found = at + 1;
  }
  return found;
}
function addState(pattern, first, states, rounds, round) {
  for (let state = first; rounds[state] !== round; state++) {
    rounds[state] = round;
    states.push(state);
    if (pattern[state]?.kind !== "star") return;
  }
}
function prefixLength(pattern, text, longest, steps) {
  return matchEnd(pattern, text, 0, longest, steps) ?? 0;
}
function suffixLength(pattern, text, longest, steps) {
  const reversed = text.split("").toReversed().join("");
  return matchEnd(pattern.toReversed(), reversed, 0, longest, steps) ?? 0;
}
function replaceMatches(pattern, text, replacement, every, steps) {
  const parts = [];
  let behindMatch = -1;
  for (let at = 0; at <= text.length; ) {
    const end = matchEnd(pattern, text, at, true, steps);
    if (end !== void 0 && (end > at || behindMatch !== at)) {
      parts.push(replacement);
      if (!every) return parts.join("") + text.slice(end);
      behindMatch = end;
      if (end > at) {
        at = end;
        continue;
      }
    }
    parts.push(text[at] ?? "");
    at++;
    if (steps.left < 0) break;
  }
  return parts.join("");
}

// src/files/dockerfile-shell.ts
var SubstitutionError = class extends Error {
};
function readWord(text, escape) {
  return readUntil2({ text, escape, at: 0, depth: 0, raw: false }, void 0, false);
}
function readUntil2(lexer, stop, raw) {
  if (++lexer.depth > LIMITS.depth) throw new SubstitutionError(`it is nested deeper than ${LIMITS.depth}`);
  const outer = lexer.raw;
  lexer.raw = raw;
  const parts = [];
  for (let from = lexer.at; ; ) {
    const unit = lexer.text[lexer.at];
    if (unit !== void 0 && unit !== stop && !isSpecial(lexer, unit)) {
      lexer.at++;
      continue;
    }
    addLiteral(parts, from, lexer.at);
    if (unit === void 0 || unit === stop) break;
    if (unit === "$") readDollar2(lexer, parts);
    else if (unit === "'") readSingle2(lexer, parts);
    else if (unit === '"') readDouble2(lexer, parts);
    else readEscape3(lexer, parts);
    from = lexer.at;
  }
  if (stop !== void 0) {
    if (lexer.at >= lexer.text.length) throw new SubstitutionError(`a ${stop} is missing in it`);
    lexer.at++;
  }
  lexer.depth--;
  lexer.raw = outer;
  return parts;
}
function isSpecial(lexer, unit) {
  return unit === "$" || unit === "'" || unit === '"' || unit === lexer.escape;
}
function addLiteral(parts, from, to) {
  if (from < to) parts.push({ kind: "literal", from, to });
}
function readEscape3(lexer, parts) {
  if (lexer.raw) addLiteral(parts, lexer.at, lexer.at + 1);
  const to = Math.min(lexer.at + 2, lexer.text.length);
  addLiteral(parts, lexer.at + 1, to);
  lexer.at = to;
}
function readSingle2(lexer, parts) {
  const end = lexer.text.indexOf("'", lexer.at + 1);
  if (end < 0) throw new SubstitutionError("a single quote is not closed in it");
  addLiteral(parts, lexer.at + 1, end);
  lexer.at = end + 1;
}
function readDouble2(lexer, parts) {
  for (let from = ++lexer.at; ; ) {
    const unit = lexer.text[lexer.at];
    if (unit === void 0) throw new SubstitutionError("a double quote is not closed in it");
    if (unit !== '"' && unit !== "$" && unit !== lexer.escape) {
      lexer.at++;
      continue;
    }
    addLiteral(parts, from, lexer.at);
    if (unit === '"') break;
    if (unit === "$") readDollar2(lexer, parts);
    else readEscapeInQuotes(lexer, parts);
    from = lexer.at;
  }
  lexer.at++;
}
function readEscapeInQuotes(lexer, parts) {
  const at = lexer.at++;
  const next = lexer.text[lexer.at];
  if (lexer.raw) addLiteral(parts, at, at + 1);
  if (next === '"' || next === "$" || next === lexer.escape) {
    addLiteral(parts, lexer.at, lexer.at + 1);
    lexer.at++;
  } else if (next !== void 0) addLiteral(parts, at, at + 1);
}
function readDollar2(lexer, parts) {
  const from = lexer.at++;
  if (lexer.text[lexer.at] === "{") {
    const { name: name2, operation } = readBraces(lexer, from);
    parts.push({ kind: "variable", from, to: lexer.at, name: name2, operation });
    return;
  }
  const name = readName(lexer);
  if (name === "") addLiteral(parts, from, lexer.at);
  else parts.push({ kind: "variable", from, to: lexer.at, name, operation: { kind: "value" } });
}
function readName(lexer) {
  const from = lexer.at;
  lexer.at += variableNameLength(lexer.text, from);
  return lexer.text.slice(from, lexer.at);
}
function readBraces(lexer, from) {
  const first = lexer.text[++lexer.at];
  if (first === void 0 || "{}:".includes(first)) throw badSubstitution(lexer.text, from);
  const name = readName(lexer);
  const unit = lexer.text[lexer.at++];
  if (unit === "}") return { name, operation: { kind: "value" } };
  if (unit === "#" || unit === "%") return { name, operation: { kind: unit, word: readUntil2(lexer, "}", true) } };
  if (unit === "/") return { name, operation: readReplacement(lexer) };
  const emptyCounts = unit === ":";
  const kind = emptyCounts ? lexer.text[lexer.at++] : unit;
  if (kind !== "-" && kind !== "+" && kind !== "?") throw badSubstitution(lexer.text, from);
  return { name, operation: { kind, emptyCounts, word: readUntil2(lexer, "}", false) } };
}
function readReplacement(lexer) {
  const every = lexer.text[lexer.at] === "/";
  if (every) lexer.at++;
  const word = readUntil2(lexer, "/", true);
  return { kind: "/", every, word, replacement: readUntil2(lexer, "}", true) };
}
function badSubstitution(text, from) {
  return new SubstitutionError(`BuildKit has no substitution ${text.slice(from, from + 40)}`);
}

// src/files/dockerfile-expand.ts
function newBudget() {
  return { units: LIMITS.scannedFileBytes / 2, steps: { left: 1e6 } };
}
var MAX_UNITS6 = 4096;
var TOO_MUCH = "the variables of this file give too much text";
var MAX_PIECES = 64;
function expandWord(source, escape, variables, budget, declaration) {
  const context = { source, variables, declaration, budget, consulted: NONE_CONSULTED };
  try {
    if (source.text.length > MAX_UNITS6) throw new SubstitutionError(`it has more than ${MAX_UNITS6} characters`);
    if (budget.units < 0 && source.text.includes("$")) return { failure: TOO_MUCH, consulted: "many" };
    const pieces = limitPieces(expandParts(context, readWord(source.text, escape)));
    return { pieces, consulted: context.consulted };
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error;
    return { failure: error.message, consulted: "many" };
  }
}
function limitPieces(pieces) {
  const written = writtenOf(pieces);
  if (written.length > MAX_UNITS6) throw new SubstitutionError(`its variables give more than ${MAX_UNITS6} characters`);
  if (pieces.length <= MAX_PIECES) return [...pieces];
  const unknown4 = unknownIn(pieces);
  return [unknown4 === void 0 ? { text: written } : { text: "", unknown: { ...unknown4, written } }];
}
function expandParts(context, parts) {
  return parts.flatMap((part) => {
    if (part.kind === "variable") return expandVariable(context, part);
    return literalPieces(sliceText(context.source, part.from, part.to), context.declaration);
  });
}
function expandVariable(context, part) {
  const value = context.variables.valueOf(part.name);
  if (value !== void 0) context.consulted = consultedBoth(context.consulted, value.consulted);
  const { operation } = part;
  switch (operation.kind) {
    case "value":
      return substituted(context, part, value?.pieces ?? absent(context, part));
    case "-":
    case "+":
    case "?":
      return choose(context, part, operation, value?.pieces);
    case "#":
    case "%":
    case "/":
      return change(context, part, operation, value?.pieces ?? absent(context, part));
    default:
      return operation;
  }
}
function writtenPart({ source }, part) {
  return source.text.slice(part.from, part.to);
}
function absent(context, part) {
  return [{ text: "", unknown: { written: writtenPart(context, part), ...context.variables.absence(part.name) } }];
}
function substituted(context, part, pieces) {
  const limited = limitPieces(pieces);
  context.budget.units -= writtenOf(limited).length + 1;
  if (context.budget.units < 0) throw new SubstitutionError(TOO_MUCH);
  const anchor = placeOf(context.source, part.to - 1) + 1;
  return limited.map((piece) => Object.assign({}, piece, { anchor }));
}
function choose(context, part, { kind, emptyCounts, word }, value) {
  const present = value === void 0 ? context.variables.absence(part.name).filled : !(emptyCounts && isEmpty2(value));
  if (kind === "+") return present ? expandParts(context, word) : [CONDITIONAL];
  if (!present) return kind === "-" ? expandParts(context, word) : absent(context, part);
  return substituted(context, part, value ?? absent(context, part));
}
function isEmpty2(pieces) {
  return pieces.every(({ text, unknown: unknown4 }) => text === "" && unknown4?.filled !== true);
}
function change(context, part, operation, value) {
  const word = textOf(expandParts(context, operation.word));
  const longest = operation.kind !== "/" && word.startsWith(operation.kind);
  const pattern = parsePattern(longest ? word.slice(1) : word);
  if (pattern === void 0) throw badSubstitution(context.source.text, part.from);
  const unknown4 = unknownIn(value);
  if (unknown4 !== void 0) {
    return substituted(context, part, [{ text: "", unknown: { ...unknown4, written: writtenPart(context, part) } }]);
  }
  const text = textOf(value);
  const { steps } = context.budget;
  let changed = value;
  if (operation.kind === "/") {
    const replacement = textOf(expandParts(context, operation.replacement));
    changed = [{ text: replaceMatches(pattern, text, replacement, operation.every, steps) }];
  } else if (operation.kind === "#") {
    changed = slicePieces(value, prefixLength(pattern, text, longest, steps));
  } else {
    const length = suffixLength(pattern, text, longest, steps);
    if (length > 0) changed = [{ text: text.slice(0, text.length - length) }];
  }
  if (steps.left < 0) throw new SubstitutionError("the patterns of this file take too long");
  return substituted(context, part, changed);
}

// src/files/dockerfile-variables.ts
var PLATFORM_ARGUMENTS = /* @__PURE__ */ new Set([
  "BUILDPLATFORM",
  "BUILDOS",
  "BUILDOSVERSION",
  "BUILDARCH",
  "BUILDVARIANT",
  "TARGETPLATFORM",
  "TARGETOS",
  "TARGETOSVERSION",
  "TARGETARCH",
  "TARGETVARIANT",
  "TARGETSTAGE"
]);
var MAX_DECLARATIONS = 1e3;
function isPlatformArgument(name) {
  return PLATFORM_ARGUMENTS.has(name);
}
function newArguments(escape, budget) {
  const values = /* @__PURE__ */ new Map();
  const withoutDefault = /* @__PURE__ */ new Set();
  const declarations = [];
  const self = {
    valueOf: (name) => values.get(name),
    absence: (name) => absenceOf(name, withoutDefault, declarations.length),
    defaultOf: (declaration) => declarations[declaration],
    isOfPlatform: (declaration) => isPlatformArgument(declarations[declaration]?.name ?? ""),
    declare: (words) => {
      for (const word of splitQuotedWords(words, escape)) {
        const equals = word.text.indexOf("=");
        if (equals < 0) withoutDefault.add(word.text);
        else if (equals > 0 && declarations.length < MAX_DECLARATIONS) {
          const name = word.text.slice(0, equals);
          values.set(name, declareDefault(name, sliceText(word, equals + 1)));
        }
      }
    }
  };
  function declareDefault(name, written) {
    const id = declarations.length;
    const expanded = expandWord(written, escape, self, budget, id);
    if (expanded.failure !== void 0) {
      declarations.push({ name, range: rangeOf(written), value: "" });
      const why = `the default of ARG ${name} cannot be expanded: ${expanded.failure}`;
      return {
        pieces: [{ text: "", unknown: { written: `\${${name}}`, why, filled: true } }],
        consulted: /* @__PURE__ */ new Set([id])
      };
    }
    declarations.push({ name, range: unquotedRange(written), value: textOf(expanded.pieces) });
    return { pieces: expanded.pieces, consulted: consultedBoth(/* @__PURE__ */ new Set([id]), expanded.consulted) };
  }
  return self;
}
function unquotedRange(written) {
  const { text } = written;
  const quote = text[0];
  const quoted = text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote);
  return rangeOf(quoted ? sliceText(written, 1, text.length - 1) : written);
}
function absenceOf(name, withoutDefault, count2) {
  if (isPlatformArgument(name)) return { why: `${name} depends on the platform of the build`, filled: true };
  if (withoutDefault.has(name)) return { why: `ARG ${name} has no default`, filled: false };
  if (count2 >= MAX_DECLARATIONS) return { why: `more than ${MAX_DECLARATIONS} ARGs stand before FROM`, filled: false };
  return { why: `no ARG before the first FROM declares ${name}`, filled: false };
}

// src/files/dockerfile-stages.ts
function newStages(steps) {
  const names = /* @__PURE__ */ new Set();
  return {
    add: (name) => names.add(name.toLowerCase()),
    has: (name) => names.has(name.toLowerCase()),
    matches: (pieces) => {
      if (names.size === 0 || !pieces.some(isVariable) || !isTelling(pieces)) return false;
      const pattern = patternOf(pieces);
      for (const name of names) {
        if (steps.left < 0) return false;
        if (matchEnd(pattern, name, 0, true, steps) === name.length) return true;
      }
      return false;
    }
  };
}
function isTelling(pieces) {
  if (pieces.some((piece) => !isVariable(piece) && piece.text !== "")) return true;
  const unknown4 = pieces.filter(isVariable);
  return unknown4.length > 0 && unknown4.every(({ unknown: value }) => isPlatformArgument(nameIn(value?.written ?? "")));
}
function isVariable({ unknown: unknown4, declaration }) {
  return unknown4 !== void 0 || declaration !== void 0;
}
function nameIn(written) {
  return written.replaceAll(/[${}]/g, "");
}
function patternOf(pieces) {
  return pieces.flatMap((piece) => {
    if (isVariable(piece)) return [{ kind: "star" }];
    return piece.text.toLowerCase().split("").map((unit) => ({ kind: "unit", unit }));
  });
}

// src/files/dockerfile-references.ts
var ON_BUILD = /* @__PURE__ */ new Set(["arg", "copy", "run"]);
function dockerfileReferences(input) {
  const source = typeof input === "string" ? mapText(input) : input;
  const escape = escapeTokenOf(source.text);
  const budget = newBudget();
  const reading = {
    escape,
    budget,
    variables: newArguments(escape, budget),
    stages: newStages(budget.steps),
    uses: newUses(),
    found: [],
    bases: [],
    sources: [],
    inStage: false
  };
  const syntax = findSyntax(source);
  if (syntax !== void 0 && syntax.text !== "") {
    reading.found.push(locateReference(literalPieces(syntax), rangeOf(syntax), NO_DECLARATIONS));
  }
  for (const instruction of scanInstructions(source, escape)) readOne(reading, instruction);
  for (const { word, pieces, platform } of reading.bases) {
    reading.found.push(forPlatform(locateReference(pieces, shownRange(word), declarationsOf(reading)), platform));
  }
  for (const use of reading.sources) readSource(reading, use);
  return distinctReferences(reading.found);
}
function readOne(reading, instruction) {
  switch (instruction.keyword) {
    case "from":
      reading.inStage = true;
      return readFrom(reading, instruction);
    case "arg":
      if (!reading.inStage) return reading.variables.declare(instruction.rest);
      return readArgumentInStage(reading, instruction);
    case "copy":
      return collectFlags(
        instruction,
        "--from=",
        (value) => reading.sources.push({ word: value, where: "COPY --from" })
      );
    case "run":
      return collectFlags(instruction, "--mount=", (value) => {
        const word = mountSource(value);
        if (word !== void 0) reading.sources.push({ word, where: "RUN --mount=from" });
      });
    case "onbuild": {
      const inner = readInstruction(instruction.rest, reading.escape);
      return reading.inStage && ON_BUILD.has(inner.keyword) ? readOne(reading, inner) : void 0;
    }
    default:
      return void 0;
  }
}
function collectFlags({ flags }, name, collect2) {
  for (const flag of flags) if (flag.text.startsWith(name)) collect2(sliceText(flag, name.length));
}
var PLATFORM = "--platform=";
function readFrom(reading, { flags, rest }) {
  const { stages, uses } = reading;
  let platform;
  for (const flag of flags) {
    const expansion = expand(reading, flag);
    uses.add(expansion.consulted, void 0);
    if (flag.text.startsWith(PLATFORM)) platform = knownText(expansion)?.slice(PLATFORM.length);
  }
  const [word, as, name] = splitAtBlanks(rest, 3);
  if (word === void 0) return;
  readBase(reading, word, platform);
  if (as?.text.toLowerCase() === "as" && name !== void 0) stages.add(name.text);
}
function knownText(expansion) {
  if (expansion.failure !== void 0) return void 0;
  return expansion.pieces.every(({ unknown: unknown4 }) => unknown4 === void 0) ? textOf(expansion.pieces) : void 0;
}
function readBase(reading, word, platform) {
  const { stages, uses } = reading;
  const expansion = expand(reading, word);
  if (expansion.failure !== void 0) {
    reading.found.push(unresolvedReference(shortened(word.text), shownRange(word), expansion.failure));
    return;
  }
  const { pieces, consulted } = expansion;
  const text = textOf(pieces);
  const known = pieces.every(({ unknown: unknown4 }) => unknown4 === void 0);
  const isStage = known && (text === EMPTY_IMAGE || stages.has(text)) || stages.matches(pieces);
  uses.add(consulted, known && !isStage ? pieces : void 0);
  if (isStage) return;
  if (known && text === "") {
    reading.found.push(unresolvedReference(word.text, shownRange(word), "its variables give nothing"));
  } else if (pieces.every(({ declaration }) => declaration === void 0)) {
    reading.found.push(forPlatform(locateReference(pieces, shownRange(word), NO_DECLARATIONS), platform));
  } else reading.bases.push({ word, pieces, platform });
}
function expand(reading, word) {
  return expandWord(word, reading.escape, reading.variables, reading.budget);
}
function shownRange(word) {
  const { end } = rangeOf(word);
  let start = end;
  for (const piece of piecesOf(word).toReversed()) {
    if (piece.start + piece.text.length + 1 < start) break;
    ({ start } = piece);
  }
  return { start, end };
}
function readArgumentInStage(reading, { rest }) {
  for (const word of splitQuotedWords(rest, reading.escape)) {
    const value = reading.variables.valueOf(word.text);
    if (value !== void 0) reading.uses.expose(value.consulted);
  }
}
function readSource(reading, { word, where }) {
  const { text } = word;
  if (text === "" || text === EMPTY_IMAGE || reading.stages.has(text)) return;
  if (where === "COPY --from" && /^[-+]?\d+$/.test(text)) return;
  const range = shownRange(word);
  if (usesVariables(reading, word, where)) {
    const why = `BuildKit does not expand variables in ${where}: name a stage whose FROM uses the variable`;
    reading.found.push(unresolvedReference(shortened(text), range, why));
  } else reading.found.push(locateReference(literalPieces(word), range, NO_DECLARATIONS));
}
function usesVariables(reading, word, where) {
  const dollar = word.text.indexOf("$");
  if (where === "RUN --mount=from") return dollar >= 0 && dollar < word.text.length - 1;
  const unset = { valueOf: () => void 0, absence: () => ({ why: "", filled: false }) };
  const expansion = expandWord(word, reading.escape, unset, reading.budget);
  if (expansion.failure !== void 0) return true;
  return expansion.pieces.some(({ unknown: unknown4 }) => unknown4 !== void 0) || textOf(expansion.pieces) !== word.text;
}
function shortened(text) {
  return text.length > 1024 ? `${text.slice(0, 1024)}…` : text;
}
function newUses() {
  const users = /* @__PURE__ */ new Map();
  const exposed = /* @__PURE__ */ new Set();
  let everything = false;
  return {
    add: (consulted, pieces) => {
      if (consulted === "many") everything = true;
      else {
        const user = pieces === void 0 ? "" : textOf(pieces);
        for (const declaration of consulted) {
          const other = users.get(declaration);
          users.set(declaration, other === void 0 || other === user ? user : "");
        }
      }
    },
    expose: (consulted) => {
      if (consulted === "many") everything = true;
      else for (const declaration of consulted) exposed.add(declaration);
    },
    belongsTo: (declaration, reference) => !everything && users.get(declaration) === reference,
    isExposed: (declaration) => everything || exposed.has(declaration)
  };
}
function declarationsOf({ uses, variables }) {
  return {
    belongsTo: uses.belongsTo,
    isExposed: (declaration) => uses.isExposed(declaration) || variables.isOfPlatform(declaration),
    defaultOf: variables.defaultOf
  };
}

// src/files/position.ts
var BYTE_ORDER_MARK = "\uFEFF";
function indexLines(text) {
  const starts = [text.startsWith(BYTE_ORDER_MARK) ? 1 : 0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return { starts };
}
function positionAt(index, offset) {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = low + high + 1 >> 1;
    if ((index.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.max(0, offset - (index.starts[low] ?? 0)) + 1 };
}
function spanOf(index, range) {
  const { line, column } = positionAt(index, range.start);
  const lineStart = index.starts[line - 1] ?? 0;
  const nextLine2 = index.starts[line];
  const end = nextLine2 === void 0 ? range.end : Math.min(range.end, nextLine2 - 1);
  return { line, column, endColumn: Math.max(column, end - lineStart + 1) };
}
function upperBound(items, isInFront) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = low + high >> 1;
    const item = items[middle];
    if (item !== void 0 && isInFront(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// src/files/dockerfile.ts
var OTHER_ENDINGS = new Set(
  "adoc c cc cjs cpp cs css cts csv diff go gz h hcl html ini java js json jsx kt lock log lua map md mdx mjs mts patch php png ps1 py rb rs rst scss sh snap sql sum svg swift tar tf toml ts tsx vim xml yaml yml zip".split(" ")
);
var NAMES = ["dockerfile", "containerfile"];
function matches(path) {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const ending = name.slice(name.lastIndexOf(".") + 1);
  if (NAMES.some((known) => ending === known)) return "yes";
  if (ending === "dockerignore") return "no";
  if (NAMES.some((known) => name.includes(`.${known}.`))) return "maybe";
  if (!NAMES.some((known) => name.startsWith(known))) return "no";
  return OTHER_ENDINGS.has(ending) ? "maybe" : "yes";
}
var MAX_INTRODUCTION = 64 * 1024;
function beginsAsDockerfile(text) {
  const source = mapText(text.slice(0, MAX_INTRODUCTION));
  const [first] = scanInstructions(source, escapeTokenOf(source.text)).take(1);
  if (first?.keyword === "arg") return /^[a-z_]\w*(?:=|\s|$)/i.test(first.rest.text);
  return first?.keyword === "from" && /^\S+(?:\s+as\s+\S+)?$/i.test(first.rest.text);
}
function sitesOf(format, file, found) {
  const lines = indexLines(file.text);
  return found.map(({ shown, reference, unresolved, elsewhere, placement, traits }) => ({
    file: file.path,
    format,
    ...spanOf(lines, shown),
    ...elsewhere === void 0 ? {} : { otherLines: elsewhere.map((at) => positionAt(lines, at).line) },
    reference,
    ...unresolved === void 0 ? {} : { unresolved },
    placement: unresolved === void 0 ? readablePlacement(file.text, reference, placement) : placement,
    traits
  }));
}
function readablePlacement(text, reference, placement) {
  if (placement.kind !== "value" || placement.quote !== "") return placement;
  const written = placement.prefix + text.slice(placement.range.start, placement.range.end);
  return written === reference ? placement : { kind: "none", why: "it is written with escapes" };
}
var dockerfile = {
  id: "dockerfile",
  title: "Dockerfile, Containerfile",
  files: ["Dockerfile*", "*.Dockerfile", "Containerfile*", "*.Containerfile"],
  places: [
    "`FROM`, with the defaults of the `ARG`s before it",
    "`COPY --from`",
    "`RUN --mount=…from=`",
    "`ONBUILD` with one of these",
    "`# syntax=`",
    "no named context of `docker-bake.hcl` or Compose in the folder or above it"
  ],
  matches,
  mayContain: (text) => text.trim() !== "",
  find(file, options) {
    if (matches(file.path) === "maybe" && !beginsAsDockerfile(file.text)) return [];
    const found = dockerfileReferences(file.text);
    return sitesOf("dockerfile", file, withoutNamedContexts(file.path, found, options));
  }
};

// src/files/unknown-variables.ts
var TEMPLATE = "it is a template";
var ELSEWHERE = "the reference depends on a value that is not in the file";
function unknownPieces(source) {
  const { text } = source;
  const pieces = [];
  let run = 0;
  for (let at = 0; at < text.length; ) {
    const end = variableEnd(text, at);
    if (end === void 0) {
      at++;
      continue;
    }
    const why = text[at] === "{" ? TEMPLATE : ELSEWHERE;
    pieces.push(...literalPieces(sliceText(source, run, at)));
    pieces.push({ text: "", unknown: { written: text.slice(at, end), why, filled: false } });
    run = at = end;
  }
  pieces.push(...literalPieces(sliceText(source, run)));
  return pieces;
}
function variableEnd(text, at) {
  if (text.startsWith("{{", at)) return endOfBrackets(text, at);
  if (text.startsWith("%{", at)) return endOfBrackets(text, at + 1);
  if (text[at] !== "$") return void 0;
  const next = text[at + 1] ?? "";
  if ("{([".includes(next) && next !== "") return endOfBrackets(text, at + 1);
  let end = at + 1;
  while (end < text.length && /\w/.test(text[end] ?? "")) end++;
  return end;
}
var CLOSING = /* @__PURE__ */ new Map([
  ["{", "}"],
  ["(", ")"],
  ["[", "]"]
]);
function endOfBrackets(text, open) {
  const opening = text[open] ?? "";
  const closing = CLOSING.get(opening);
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === opening) depth++;
    if (text[at] === closing) depth--;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

// src/files/yaml-value.ts
var FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
var INTEGER = /^(?:\d+|0[bB][01]+|0[oO][0-7]+|0[xX][0-9a-fA-F]+)$/;
var OCTAL = /^0[0-7]+$/;
var NAMED = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
var BOOLEAN = /^(?:true|True|TRUE|yes|Yes|YES|[yYnN]|on|On|ON|false|False|FALSE|no|No|NO|off|Off|OFF)$/;
var TRUE = /^(?:t|y|on)/i;
var MAX_LENGTH = 128;
function misreadValue({ style, text, tag }) {
  if (style !== "plain" || tag !== void 0 || text.length > MAX_LENGTH) return void 0;
  if (BOOLEAN.test(text)) return TRUE.test(text) ? "true" : "false";
  if (NAMED.test(text)) return text;
  if (!/^[-+.\d]/.test(text)) return void 0;
  const digits = text.replaceAll("_", "");
  const sign = digits.startsWith("-") ? "-" : "";
  const unsigned = digits.replace(/^[-+]/, "");
  if (OCTAL.test(unsigned)) return sign + BigInt(`0o${unsigned}`);
  if (INTEGER.test(unsigned)) return sign + BigInt(unsigned.toLowerCase());
  return FLOAT.test(digits) ? String(Number(digits)) : void 0;
}
function helmNumber(value) {
  const number = Number(value);
  const [digits = "", exponent = ""] = number.toExponential().split("e");
  if (!Number.isFinite(number) || number === 0 || Number(exponent) >= -4 && Number(exponent) < 6) return value;
  return `${digits}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, "0")}`;
}

// src/files/yaml-site.ts
function placedRange({ within }, { start, end }) {
  if (within === void 0) return { start, end };
  return start < end ? rangeOf(sliceText(within, start, end)) : { start: placeOf(within, start), end: placeOf(within, end) };
}
function quotedRange(file, scalar) {
  const { style } = scalar;
  return { ...placedRange(file, scalar), quote: style === "double" ? '"' : style === "single" ? "'" : "" };
}
function misreadTraits(scalar, file = {}) {
  const value = scalar === void 0 ? void 0 : misreadValue(scalar);
  if (scalar === void 0 || value === void 0) return [];
  return [{ kind: "unquoted-tag", value, range: placedRange(file, scalar) }];
}
function referenceText(file, scalar) {
  return trimText(mapScalar(file, scalar));
}
function readScalar(file, node, read) {
  spend(file);
  const scalar = scalarOf(node);
  if (scalar === void 0) return templateIn(file, node);
  const overlong = overlongScalar(file, scalar);
  return overlong === void 0 ? read(scalar) : [overlong];
}
function templateIn({ text, within }, node) {
  if (node?.kind !== "map" || within !== void 0 || !text.startsWith("{{", node.start)) return [];
  const [written = ""] = /^[^\r\n]*/.exec(text.slice(node.start, node.start + MAX_TEMPLATE)) ?? [];
  const line = mapText(written.replace(/\s#.*/, "").trimEnd(), node.start);
  const unknown4 = unknownIn(unknownPieces(line));
  return unknown4 === void 0 ? [] : [unresolvedReference(line.text, rangeOf(line), unknown4.why)];
}
var MAX_TEMPLATE = 256;
function overlongScalar(file, scalar) {
  return scalar === void 0 ? void 0 : overlongReference(scalar.text, placedRange(file, scalar));
}
function wholeReference(file, node) {
  return readScalar(file, node, (scalar) => literalReference(referenceText(file, scalar), misreadTraits(scalar, file)));
}
function literalReference(text, traits = []) {
  if (text.text === "") return [];
  const found = locateReference(unknownPieces(text), rangeOf(text), NO_DECLARATIONS);
  return [{ ...withoutBlanks2(found), traits: [...found.traits, ...traits] }];
}
function withoutBlanks2(found) {
  return /\s/.test(found.reference) ? withoutRewrite(found, "it is more than one word") : found;
}
function namedReferences(file, keys) {
  if (keys.length === 0) return [];
  const wanted = new Set(keys.map((key) => key.replace(/^--/, "")));
  const found = [];
  const add = (node) => found.push(...wholeReference(file, node));
  for (const map of file.documents.flatMap((document) => [...mapsIn(document)])) {
    for (const { key, value } of map.entries) {
      if (wanted.has(textOf2(key) ?? "")) [value, ...itemsOf(value)].forEach(add);
      if (value.kind === "list") found.push(...namedOptions(file, value.items, wanted));
    }
    if (wanted.has(textOf2(valueOf2(map, "name")) ?? "")) add(valueOf2(map, "value"));
  }
  return found;
}
function namedOptions(file, items, wanted) {
  return items.flatMap((item, index) => {
    const option = /^--?([\w.-]+)(=?)/.exec(textOf2(item) ?? "");
    if (option === null || !wanted.has(option[1] ?? "")) return [];
    if (option[2] === "") return wholeReference(file, items[index + 1]);
    return readScalar(
      file,
      item,
      (scalar) => literalReference(sliceText(referenceText(file, scalar), option[0].length))
    );
  });
}

// src/files/bake.ts
var FILE_NAME = /^(?:docker-bake.*\.(?:hcl|json)|(?:.*[.-])?bake\.hcl)$/;
var IMAGE_SCHEME = "docker-image://";
function bakeReferences(file) {
  const mentions = /* @__PURE__ */ new Map();
  const body = readBake(file, mentions);
  const values = newValues(body, mentions);
  const found = [];
  const budget = { left: MAX_VALUES };
  const contexts = contextsOf(contextKeys(body));
  for (const block of body.blocks) {
    if (block.type === "target")
      for (const one of targetReferences(values, block.body, contexts, budget)) found.push(one);
  }
  return distinctReferences(found);
}
var MAX_VALUES = 4096;
var VALUE_UNITS = 64;
function targetReferences(values, target, contexts, budget) {
  const attributes = target.attributes.filter(({ key }) => key !== void 0 && Object.hasOwn(READERS, key));
  const width = attributes.reduce((sum, { value }) => sum + sizeOf(value), 1);
  const targets = values.targetsOf(target).slice(0, 1 + Math.floor(budget.left / width));
  budget.left -= (targets.length - 1) * width;
  return targets.flatMap((own) => {
    const { declarations } = values;
    const scope = { declarations, contexts, expand: (one) => values.expand(one, own) };
    return attributes.flatMap(({ key, value }) => READERS[key ?? ""]?.(scope, value) ?? []);
  });
}
function sizeOf(expression) {
  const inner = entriesOf(expression).map(({ value }) => value);
  const all = inner.length > 0 ? inner : choicesOf(expression);
  const units = all.map(rangeOfExpression).reduce((sum, { start, end }) => sum + end - start, 0);
  return 1 + all.length + Math.floor(units / VALUE_UNITS);
}
function choicesOf(expression) {
  if (expression.kind === "other") return expression.terms.flatMap(choicesOf);
  return expression.kind === "list" ? expression.items.flatMap(choicesOf) : [expression];
}
function rangeOfExpression(expression) {
  return expression.kind === "template" || expression.kind === "variable" ? expression.range : { start: 0, end: 0 };
}
function contextReferences(scope, contexts) {
  return entriesOf(contexts).flatMap(({ value }) => {
    const computed = value.kind === "other";
    return choicesOf(value).flatMap((choice) => {
      const pieces = scope.expand(choice)?.pieces ?? [];
      if (!textOf(pieces).startsWith(IMAGE_SCHEME)) return [];
      const reference = slicePieces(pieces, IMAGE_SCHEME.length);
      const range = withoutScheme(choice, reference);
      if (writtenOf(reference) === "") return [];
      if (computed && textOf(reference).includes("%")) {
        return [unresolvedReference(writtenOf(reference), range, "a function of bake computes it")];
      }
      return [withoutBlanks2(locateReference(reference, range, scope.declarations))];
    });
  });
}
function withoutScheme(expression, [piece]) {
  const { start, end } = rangeOfExpression(expression);
  if (expression.kind !== "template") return { start, end };
  if (piece?.declaration === void 0 && piece?.start !== void 0)
    return { start: Math.max(start, piece.start), end };
  const [first] = expression.parts;
  const written = first?.kind === "text" && first.pieces[0]?.text.startsWith(IMAGE_SCHEME) === true;
  return { start: written ? start + IMAGE_SCHEME.length : start, end };
}
function cacheReferences(scope, cacheFrom) {
  const items = cacheFrom.kind === "list" ? cacheFrom.items : [cacheFrom];
  return items.flatMap((item) => {
    const found = item.kind === "object" ? cacheObject(scope, item.entries) : choicesOf(item).flatMap((choice) => cacheText(scope, choice));
    return found.map(asBuildCache);
  });
}
function cacheObject(scope, entries) {
  const typeOf = entries.findLast(({ key }) => key === "type")?.value;
  const ref = entries.findLast(({ key }) => key === "ref")?.value;
  if (typeOf === void 0 || literalText(typeOf) !== "registry" || ref === void 0) return [];
  const pieces = scope.expand(ref)?.pieces;
  return pieces === void 0 ? [] : [locateReference(pieces, rangeOfExpression(ref), scope.declarations)];
}
function cacheText(scope, choice) {
  const pieces = scope.expand(choice)?.pieces ?? [];
  const fields = splitAtCommas(pieces);
  const range = rangeOfExpression(choice);
  const locate2 = (reference) => locateReference(reference, range, scope.declarations);
  if (!textOf(pieces).includes("=")) return fields.filter((field) => writtenOf(field) !== "").map(locate2);
  if (!fields.some((field) => /^type=registry$/i.test(textOf(field)))) return [];
  return fields.filter((field) => /^ref=/i.test(textOf(field))).map((field) => locate2(slicePieces(field, "ref=".length)));
}
function splitAtCommas(pieces) {
  const fields = [];
  let from = 0;
  for (const field of textOf(pieces).split(",")) {
    fields.push(slicePieces(pieces, from, from + field.length));
    from += field.length + 1;
  }
  return fields;
}
function inlineReferences(scope, inline) {
  return choicesOf(inline).flatMap((choice) => {
    const own = rangeOfExpression(choice);
    const pieces = scope.expand(choice)?.pieces ?? [];
    const placed = pieces.map(({ text, start, anchor, unknown: unknown4 }) => {
      const shown = unknown4?.written ?? text;
      return { text: shown, start: start ?? (anchor ?? own.end) - shown.length };
    });
    return withoutContexts(dockerfileReferences(joinPieces(placed)), [scope.contexts]).map((found) => {
      const inside = found.range.start >= own.start && found.range.end <= own.end;
      return inside ? found : withoutRewrite(found, "it is the value of a variable");
    });
  });
}
var READERS = {
  contexts: contextReferences,
  "cache-from": cacheReferences,
  "dockerfile-inline": inlineReferences
};
var bake = {
  id: "bake",
  title: "Bake file of docker buildx",
  files: ["docker-bake*.hcl", "docker-bake*.json", "bake.hcl", "*.bake.hcl", "*-bake.hcl"],
  places: [
    "`target.contexts` with `docker-image://`, with the defaults of variables",
    "`target.dockerfile-inline`",
    "`target.cache-from` of type `registry`; of each with the values of `matrix`"
  ],
  matches: (path) => FILE_NAME.test(path.slice(path.lastIndexOf("/") + 1).toLowerCase()) ? "yes" : "no",
  mayContain: (text) => /docker-image:|cache-from|dockerfile-inline/.test(text),
  find: (file) => sitesOf("bake", file, bakeReferences(file))
};

// src/files/compose-environment.ts
var MAX_ABOVE = 8;
var MAX_NAMED = 10;
function environmentOf(path, { sibling, includedBy = [] }) {
  const chain = [path, ...includedBy.slice(0, MAX_ABOVE)];
  return chain.reduceRight((above, file, index) => {
    const texts = variableFiles(file, chain[index + 1], sibling).map((name) => sibling(name) ?? "");
    return new Map([...readEnvironment(texts.join("\n")), ...above]);
  }, /* @__PURE__ */ new Map());
}
function variableFiles(path, by, sibling) {
  const yaml = by === void 0 ? void 0 : siblingYaml(sibling, by);
  const entry = by === void 0 || yaml === void 0 ? void 0 : entriesOfInclude(yaml, by).get(path);
  if (by === void 0 || entry === void 0) return [`${folderOf(path)}.env`];
  const named = valueOf2(entry, "env_file");
  if (named !== void 0) return pathsOf(named, by);
  const [first = path] = pathsOf(valueOf2(entry, "path"), by);
  const [project = folderOf(first)] = pathsOf(valueOf2(entry, "project_directory"), by);
  return [joinPath(project, ".env") ?? ""];
}
var ENTRIES = /* @__PURE__ */ new WeakMap();
function entriesOfInclude(yaml, file) {
  const known = ENTRIES.get(yaml);
  if (known !== void 0) return known;
  const entries = /* @__PURE__ */ new Map();
  const root = mapOf(yaml.documents[0]);
  for (const entry of root === void 0 ? [] : itemsOf(valueOf2(root, "include")).map(mapOf)) {
    const paths = entry === void 0 ? [] : pathsOf(valueOf2(entry, "path"), file);
    for (const path of paths) if (entry !== void 0 && !entries.has(path)) entries.set(path, entry);
  }
  ENTRIES.set(yaml, entries);
  return entries;
}
function pathsOf(node, file) {
  return [node, ...itemsOf(node).slice(0, MAX_NAMED)].flatMap((one) => {
    const name = textOf2(one);
    return name === void 0 ? [] : joinPath(folderOf(file), name) ?? [];
  });
}

// src/files/compose.ts
function includes({ text, path }) {
  return /include|extends/.test(text) ? includedPaths(readYaml(text), path) : [];
}
function find(file, options) {
  const yaml = readYaml(file.text);
  const context = composeFile(file.path, yaml, environmentOf(file.path, options), options.sibling);
  const built = builtImages(context);
  const images = context.services.flatMap(([name, service]) => serviceImage(context, name, service));
  const pulled = images.filter(({ reference }) => !built.has(reference));
  const found = context.services.flatMap(([, service]) => serviceReferences(context, service));
  return sitesOf(
    "compose",
    file,
    distinctReferences([...pulled, ...found, ...namedReferences(yaml, options.imageKeys)])
  );
}
function builtImages(context) {
  const services = context.services.filter(([name, service]) => isBuilt(context, name, service));
  const images = services.flatMap(([, service]) => imageReferences(context, presentValue(service, "image")));
  return new Set(images.map(({ reference }) => reference));
}
function serviceReferences(context, service) {
  return [
    ...buildReferences(context, mapOf(presentValue(service, "build"))),
    ...itemsOf(presentValue(service, "volumes")).flatMap((volume) => {
      const map = mapOf(volume);
      spend(context.yaml);
      if (map === void 0 || textOf2(valueOf2(map, "type")) !== "image") return [];
      return imageReferences(context, valueOf2(map, "source"));
    }),
    ...itemsOf(presentValue(service, "pre_start")).flatMap((hook) => {
      const map = mapOf(hook);
      return map === void 0 ? [] : imageReferences(context, presentValue(map, "image"));
    })
  ];
}
function serviceImage(context, name, service) {
  if (isLocal(context, name, service)) return [];
  const platform = platformOf(context, presentValue(service, "platform"));
  const found = imageReferences(context, presentValue(service, "image")).map((one) => forPlatform(one, platform));
  if (!isBuiltByOverride(context, name)) return found;
  return found.map(
    (reference) => withoutRewrite(reference, "the override file builds it, which a digest would prevent")
  );
}
function platformOf({ yaml, environment }, node) {
  const scalar = scalarOf(node);
  if (scalar === void 0) return void 0;
  const pieces = interpolate(referenceText(yaml, scalar), environment);
  return pieces.every(({ unknown: unknown4 }) => unknown4 === void 0) ? textOf(pieces) : void 0;
}
function buildReferences(context, build) {
  if (build === void 0) return [];
  const contexts = valueOf2(build, "additional_contexts");
  return [
    ...inlineReferences2(context, scalarOf(valueOf2(build, "dockerfile_inline")), contexts),
    ...contextReferences2(context, contexts),
    ...itemsOf(valueOf2(build, "cache_from")).flatMap((item) => cacheReferences2(context, item)),
    ...generatorReferences(context, valueOf2(build, "sbom"))
  ];
}
function inlineReferences2(context, inline, contexts) {
  if (inline === void 0) return [];
  spend(context.yaml, Math.ceil(inline.text.length / 2));
  const names = contextNames(contexts);
  spend(context.yaml, names.length);
  return withoutContexts(dockerfileReferences(interpolatedText2(context, inline)), [contextsOf(names)]);
}
function interpolatedText2({ yaml, environment }, scalar) {
  const text = referenceText(yaml, scalar);
  let place = placeOf(text, 0);
  return joinPieces(
    interpolate(text, environment, false, MAX_FILE_UNITS).map((piece) => {
      if (piece.start === void 0) spend(yaml, Math.ceil(piece.text.length / 2));
      place = piece.start ?? piece.anchor ?? place;
      return { text: piece.text, start: place };
    })
  );
}
function contextReferences2(context, contexts) {
  const inMap = mapOf(contexts)?.entries.flatMap(({ value }) => dockerImage(context, value, "")) ?? [];
  return [...inMap, ...itemsOf(contexts).flatMap((item) => dockerImage(context, item, "="))];
}
var DOCKER_IMAGE = "docker-image://";
function dockerImage(context, node, separator) {
  return locate(context, node, (text) => {
    const value = sliceText(text, separator === "" ? 0 : text.text.indexOf(separator) + 1);
    const pieces = interpolate(value, context.environment);
    return textOf(pieces).startsWith(DOCKER_IMAGE) ? slicePieces(pieces, DOCKER_IMAGE.length) : [];
  });
}
function cacheReferences2(context, node) {
  const expand3 = (text) => {
    const fields = splitAtCommas2(text);
    if (!fields.some((field) => field.text.startsWith("type="))) return interpolate(text, context.environment);
    const isRegistry = fields.some((field) => field.text === "type=registry");
    const reference = fields.find((field) => field.text.startsWith("ref="));
    return isRegistry && reference !== void 0 ? interpolate(sliceText(reference, 4), context.environment) : [];
  };
  return locate(context, node, expand3).map(asBuildCache);
}
function generatorReferences(context, node) {
  return locate(context, node, (text) => {
    const generator = splitAtCommas2(text).find((field) => field.text.startsWith("generator="));
    return generator === void 0 ? [] : interpolate(sliceText(generator, 10), context.environment);
  });
}
function imageReferences(context, node) {
  return locate(context, node, (text) => {
    const pieces = interpolate(text, context.environment);
    const isEmpty4 = pieces.every((piece) => piece.text === "" && piece.unknown === void 0);
    return isEmpty4 ? interpolate(text, context.environment, true) : pieces;
  });
}
function locate({ yaml }, node, expand3) {
  return readScalar(yaml, node, (scalar) => {
    const text = referenceText(yaml, scalar);
    const pieces = expand3(text);
    if (pieces.every((piece) => piece.text === "" && piece.unknown === void 0)) return [];
    if (textOf(pieces).includes("{{")) return [unresolvedReference(writtenOf(pieces), rangeOf(text), TEMPLATE)];
    const found = withoutBlanks2(locateReference(pieces, rangeOf(text), NO_DECLARATIONS));
    return [{ ...found, traits: [...found.traits, ...misreadTraits(scalar)] }];
  });
}
function splitAtCommas2(text) {
  const fields = [];
  let from = 0;
  for (let at = text.text.indexOf(","); at >= 0; at = text.text.indexOf(",", from)) {
    fields.push(sliceText(text, from, at));
    from = at + 1;
  }
  return [...fields, sliceText(text, from)];
}
var compose = {
  id: "compose",
  title: "Compose",
  files: ["compose*.yml", "compose*.yaml", "docker-compose*.yml", "docker-compose*.yaml"],
  places: [
    "`services.*.image`, unless this or another service builds it, by what it extends or overrides as well",
    "`services.*.build`: `dockerfile_inline`, `additional_contexts`, `cache_from`, `sbom`",
    "`services.*.volumes` of type `image`, `services.*.pre_start[].image`",
    "services of version 1 files, fragments that are used by alias or merge key, files of `include` and `extends`",
    "`${NAME:-default}` and the other substitutions, with the values of `.env` beside the file, and of `include`"
  ],
  matches: (path) => /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i.test(path) ? "yes" : "no",
  mayContain: (text) => /image|dockerfile_inline|cache_from|generator=/i.test(text),
  find,
  includes
};

// src/files/devcontainer.ts
function devcontainerReferences(file) {
  const root = scanJson(file.text, "jsonc");
  if (root === void 0) {
    const hint = "Correct the file, or leave it out with the input exclude";
    throw new UserError("bad-input", `${file.path} is not JSON with comments`, hint);
  }
  const image = memberOf(root, "image");
  const cacheFrom = memberOf(memberOf(root, "build"), "cacheFrom");
  const caches = cacheFrom?.kind === "array" ? cacheFrom.items : [cacheFrom];
  return distinctReferences([...referencesIn(file, [image]), ...referencesIn(file, caches).map(asBuildCache)]);
}
function memberOf(node, name) {
  if (node?.kind !== "object") return void 0;
  return node.members.findLast(({ key }) => key.value === name)?.value;
}
function referencesIn(file, nodes) {
  const strings = nodes.filter((node) => node?.kind === "string" && node.value !== "");
  return strings.map((node) => {
    const word = { start: node.start + 1, end: node.end - 1 };
    return locateReference(expand2(mapString(file.text, node)), word, NO_DECLARATIONS);
  });
}
function expand2(source) {
  const pieces = [];
  const { text } = source;
  let from = 0;
  for (let open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
    const close = text.indexOf("}", open);
    if (close < 0) break;
    pieces.push(...literalPieces(sliceText(source, from, open)));
    const written = text.slice(open, close + 1);
    const [kind, name = "", value] = written.slice(2, -1).split(":");
    if ((kind === "localEnv" || kind === "env") && value !== void 0) pieces.push({ text: value });
    else
      pieces.push({
        text: "",
        unknown: { written, why: `${name === "" ? written : name} is not in the file`, filled: false }
      });
    from = close + 1;
  }
  pieces.push(...literalPieces(sliceText(source, from)));
  return pieces;
}
var devcontainer = {
  id: "devcontainer",
  title: "Development container",
  files: ["devcontainer.json", ".devcontainer.json"],
  places: ["`image`", "`build.cacheFrom`"],
  matches: (path) => /(?:^|\/)\.?devcontainer\.json$/i.test(path) ? "yes" : "no",
  mayContain: (text) => /"image"|"cacheFrom"|\\u/.test(text),
  find: (file) => sitesOf("devcontainer", file, devcontainerReferences(file))
};

// src/files/github-syntax.ts
var MAX_DEPTH3 = 32;
function readExpression2(text, from, to) {
  const reader = { text, at: from, end: to, depth: 0 };
  const expression = readChain(reader, "or");
  skipBlanks5(reader);
  return reader.at < to ? void 0 : expression;
}
function readChain(reader, kind) {
  const operator = kind === "or" ? "||" : "&&";
  const operands = [];
  do {
    const operand = kind === "or" ? readChain(reader, "and") : readComparison(reader);
    if (operand === void 0) return void 0;
    operands.push(operand);
  } while (takeText(reader, operator));
  return operands.length === 1 ? operands[0] : { kind, operands };
}
function readComparison(reader) {
  let left = readUnary(reader);
  while (left !== void 0 && ["==", "!=", "<=", ">=", "<", ">"].some((operator) => takeText(reader, operator))) {
    left = readUnary(reader) === void 0 ? void 0 : { kind: "other", what: "a comparison" };
  }
  return left;
}
function readUnary(reader) {
  let negated = false;
  while (takeText(reader, "!")) negated = true;
  const operand = readPrimary(reader);
  return negated && operand !== void 0 ? { kind: "other", what: "a comparison" } : operand;
}
function readPrimary(reader) {
  skipBlanks5(reader);
  const unit = reader.text[reader.at] ?? "";
  if (reader.at >= reader.end) return void 0;
  if (unit === "'") return readLiteral2(reader);
  if (takeText(reader, "(")) {
    if (++reader.depth > MAX_DEPTH3) return void 0;
    const inner = readChain(reader, "or");
    reader.depth--;
    return takeText(reader, ")") ? inner : void 0;
  }
  if (/[A-Za-z_]/.test(unit)) return readPath2(reader);
  const number = takeWhile(reader, /[\w.+-]/);
  return number === "" ? void 0 : { kind: "other", what: "a number" };
}
function readLiteral2(reader) {
  const from = reader.at + 1;
  let at = from;
  while (at < reader.end && (reader.text[at] !== "'" || reader.text[at + 1] === "'")) {
    at += reader.text[at] === "'" ? 2 : 1;
  }
  if (at >= reader.end) return void 0;
  reader.at = at + 1;
  const written = reader.text.slice(from, at);
  return { kind: "literal", text: written.replaceAll("''", "'"), from, to: at };
}
function readPath2(reader) {
  const path = [takeWhile(reader, /[\w-]/)];
  for (; ; ) {
    if (takeText(reader, "(")) return readCall(reader, path.join("."));
    if (takeText(reader, ".")) path.push(takeText(reader, "*") ? "*" : takeWhile(reader, /[\w-]/));
    else if (takeText(reader, "[")) {
      if (++reader.depth > MAX_DEPTH3) return void 0;
      const index = readChain(reader, "or");
      reader.depth--;
      if (index === void 0 || !takeText(reader, "]")) return void 0;
      path.push(index.kind === "literal" ? index.text : "*");
    } else break;
  }
  const name = path[0] ?? "";
  if (path.length > 1) return { kind: "path", path };
  return { kind: "other", what: name };
}
function readCall(reader, name) {
  if (++reader.depth > MAX_DEPTH3) return void 0;
  const operands = [];
  if (!takeText(reader, ")")) {
    do {
      const operand = readChain(reader, "or");
      if (operand === void 0) return void 0;
      operands.push(operand);
    } while (takeText(reader, ","));
    if (!takeText(reader, ")")) return void 0;
  }
  reader.depth--;
  return { kind: "call", name, operands };
}
function skipBlanks5(reader) {
  while (reader.at < reader.end && /\s/.test(reader.text[reader.at] ?? "")) reader.at++;
}
function takeText(reader, text) {
  skipBlanks5(reader);
  if (reader.at + text.length > reader.end || !reader.text.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}
function takeWhile(reader, unit) {
  const from = reader.at;
  while (reader.at < reader.end && unit.test(reader.text[reader.at] ?? "")) reader.at++;
  return reader.text.slice(from, reader.at);
}

// src/files/yaml-variables.ts
function declaredBy(scalar, pieces) {
  return pieces.map(({ text, start, declaration, unknown: unknown4 }) => {
    const own = declaration ?? (start === void 0 ? void 0 : scalar.start);
    return {
      text,
      ...start === void 0 ? {} : { start },
      ...own === void 0 ? {} : { declaration: own },
      ...unknown4 === void 0 ? {} : { unknown: unknown4 }
    };
  });
}
var VariableUses = class _VariableUses {
  file;
  mention;
  variables = /* @__PURE__ */ new Map();
  references = /* @__PURE__ */ new Map();
  words = /* @__PURE__ */ new Map();
  mentions;
  /** `mention` finds every use of a variable in the file's text. */
  constructor(file, mention) {
    this.file = file;
    this.mention = mention;
  }
  /** For a place that is no image: what is noted there says nothing of those that are. */
  apart() {
    return new _VariableUses(this.file, this.mention);
  }
  /** Notes that a substitution at `at` gives the value that this scalar is. */
  record(scalar, name, at) {
    const use = this.variables.get(scalar.start) ?? { scalar, name, places: /* @__PURE__ */ new Set() };
    use.places.add(at);
    this.variables.set(scalar.start, use);
  }
  /** Notes a reference that was put together from these pieces; a word may give several. */
  recordReference(pieces, word) {
    this.words.set(word.start, (this.words.get(word.start) ?? /* @__PURE__ */ new Set()).add(textOf(pieces)));
    for (const { declaration } of pieces) {
      if (declaration === void 0) continue;
      const references = this.references.get(declaration) ?? /* @__PURE__ */ new Set();
      this.references.set(declaration, references.add(textOf(pieces)));
    }
  }
  /** The reference that pieces give, once every reference is recorded. One of several is shown at its own value. */
  locate(pieces, word) {
    const declarations = this.declarations();
    const located = this.settled(withoutBlanks2(locateReference(pieces, word, declarations)), word);
    const found = { ...located, traits: [...located.traits, ...this.misread(pieces)] };
    const last = pieces.findLast(({ declaration, anchor }) => declaration !== void 0 && anchor === void 0);
    const value = last?.declaration === void 0 ? void 0 : declarations.defaultOf(last.declaration);
    if (value === void 0 || found.placement.kind !== "none" || found.unresolved !== void 0) return found;
    return { ...found, range: value.range, shown: value.range };
  }
  /** What is added behind a variable is added to all that the word gives. */
  settled(found, word) {
    const { placement } = found;
    const isAdded = placement.kind === "value" && placement.range.start === placement.range.end;
    if (!isAdded || (this.words.get(word.start)?.size ?? 0) < 2) return found;
    return withoutRewrite(found, "it stands for several images");
  }
  /** The first value that YAML reads as another text: `1.10` gives 1.1, while a 20 stays what it is. */
  misread(pieces) {
    for (const { text, declaration } of pieces) {
      const scalar = declaration === void 0 || text === "" ? void 0 : this.variables.get(declaration)?.scalar;
      const traits = misreadTraits(scalar).filter((trait) => trait.kind === "unquoted-tag" && trait.value !== text);
      if (traits.length > 0) return traits;
    }
    return [];
  }
  declarations() {
    return {
      belongsTo: (declaration, reference) => {
        const references = this.references.get(declaration);
        return references?.size === 1 && references.has(reference);
      },
      isExposed: (declaration) => this.isExposed(declaration),
      defaultOf: (declaration) => {
        const scalar = this.variables.get(declaration)?.scalar;
        if (scalar === void 0) return void 0;
        const text = referenceText(this.file, scalar);
        return { range: rangeOf(text), value: text.text };
      }
    };
  }
  isExposed(declaration) {
    const use = this.variables.get(declaration);
    if (use?.name === void 0) return true;
    this.mentions ??= countMentions(this.file.text, this.mention);
    return (this.mentions.get(use.name) ?? 0) > use.places.size;
  }
};
function countMentions(text, mention) {
  const mentions = /* @__PURE__ */ new Map();
  for (const [written] of text.matchAll(mention)) {
    const name = written.toLowerCase();
    mentions.set(name, (mentions.get(name) ?? 0) + 1);
  }
  return mentions;
}

// src/files/github-expression.ts
var MAX_DEPTH4 = 8;
var MAX_TEXTS = 64;
var MAX_PIECES2 = 64;
var MAX_UNITS7 = 4096;
function expandExpressions(scope, source, depth = 0) {
  if (source.text.length > MAX_UNITS7) {
    return tooLong(source);
  }
  let texts = [[]];
  let run = 0;
  const add = (values) => {
    texts = texts.flatMap((text) => values.map((value) => [...text, ...value])).slice(0, MAX_TEXTS);
  };
  for (let at = source.text.indexOf("${{"); at >= 0; at = source.text.indexOf("${{", run)) {
    const close = endOfExpression(source.text, at + 3);
    add([literalPieces(sliceText(source, run, at))]);
    spend(scope.uses.file, 2 + (close < 0 ? 0 : close - at >> 5));
    if (texts.some((pieces) => pieces.length > MAX_PIECES2)) return tooLong(source);
    if (close < 0) {
      const written2 = source.text.slice(at);
      add([[{ text: "", unknown: { written: written2, why: "the expression is not closed", filled: false } }]]);
      return texts;
    }
    run = close + 2;
    const value = evaluateText(scope, source, at + 3, close, depth);
    if (value.isOutput && value.texts.length === 0) return [];
    const written = source.text.slice(at, run);
    const { unknown: unknown4, isSingle } = value;
    const anchor = placeOf(source, close + 1) + 1;
    if (isSingle === true && unknown4 === void 0) add(value.texts.map((pieces) => anchoredAt(anchor, pieces)));
    else if (unknown4 === void 0 || value.texts.length > 0) add(value.texts);
    else add([[{ text: "", unknown: { written, why: unknown4, filled: false } }]]);
  }
  add([literalPieces(sliceText(source, run))]);
  return texts;
}
function endOfExpression(text, from) {
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text.startsWith("}}", at)) return at;
  }
  return -1;
}
function expandApart(scope, source) {
  return expandExpressions({ ...scope, uses: scope.uses.apart() }, source);
}
function tooLong(source) {
  return [[{ text: "", unknown: { written: source.text.slice(0, 64), why: "it is too long", filled: true } }]];
}
function anchoredAt(anchor, pieces) {
  return pieces.map((piece, index) => index === pieces.length - 1 ? Object.assign({}, piece, { anchor }) : piece);
}
function evaluateText(scope, source, from, to, depth) {
  const expression = readExpression2(source.text, from, to);
  if (expression === void 0 || depth > MAX_DEPTH4) return unknownValue("the expression cannot be read");
  return evaluate({ scope, source, depth, at: rangeOf(sliceText(source, from, to)).start }, expression);
}
function unknownValue(why, isOutput = false) {
  return { texts: [], maybeEmpty: true, unknown: why, isOutput };
}
function evaluate(evaluation, expression) {
  spend(evaluation.scope.uses.file);
  if (expression.kind === "literal") return literalValue(evaluation, expression);
  if (expression.kind === "path") return pathValue(evaluation, expression.path);
  if (expression.kind === "other") return unknownValue(`it is computed by ${expression.what}`);
  const values = expression.operands.map((operand) => evaluate(evaluation, operand));
  if (expression.kind === "call") return callValue(evaluation, expression, values);
  if (expression.kind === "or") return alternativeValue(values);
  const last = values.at(-1) ?? emptyValue;
  return values.slice(0, -1).every((value) => !value.maybeEmpty) ? last : { ...last, maybeEmpty: true };
}
function callValue({ scope, source }, { name, operands }, values) {
  const [pattern] = operands;
  const failed = values.find((value) => value.unknown !== void 0 || value.texts.length === 0);
  if (name.toLowerCase() !== "format" || pattern?.kind !== "literal" || failed !== void 0) {
    return unknownValue(`it is computed by ${name}()`, failed?.isOutput === true);
  }
  const written = sliceText(source, pattern.from, pattern.to);
  let texts = [[]];
  let run = 0;
  const add = (more) => {
    spend(scope.uses.file, texts.length);
    texts = texts.flatMap((text) => more.map((value) => [...text, ...value].slice(0, MAX_PIECES2))).slice(0, MAX_TEXTS);
  };
  for (const match of written.text.matchAll(/\{\{|\}\}|''|\{(\d{1,3})\}/g)) {
    const [part, number] = match;
    add([literalPieces(sliceText(written, run, match.index))]);
    run = match.index + part.length;
    if (number === void 0) add([literalPieces(sliceText(written, run - 1, run))]);
    else add(values[Number(number) + 1]?.texts ?? [[]]);
  }
  add([literalPieces(sliceText(written, run))]);
  return { texts, maybeEmpty: false, isOutput: false };
}
function alternativeValue(values) {
  const used = values.slice(0, values.findIndex((value) => !value.maybeEmpty) + 1 || values.length);
  const texts = used.flatMap((value) => value.texts.filter((text) => textOf(text) !== "")).slice(0, MAX_TEXTS);
  const first = used.find((value) => value.unknown !== void 0)?.unknown;
  return {
    texts,
    maybeEmpty: used.every((value) => value.maybeEmpty),
    ...first === void 0 ? {} : { unknown: first },
    isOutput: used.some((value) => value.isOutput)
  };
}
function literalValue({ source }, { text, from, to }) {
  const written = sliceText(source, from, to);
  const pieces = written.text === text ? literalPieces(written) : [{ text }];
  return { texts: [pieces], maybeEmpty: text === "", isOutput: false };
}
function pathValue(evaluation, path) {
  const { scope } = evaluation;
  const [context = "", name = "", ...rest] = path;
  const written = path.join(".");
  switch (context.toLowerCase()) {
    case "matrix": {
      if (scope.combination.has(name)) return nodeValue(evaluation, below(scope.combination.get(name), rest), written);
      return scope.computedMatrix ? unknownValue(`${written} is computed when the workflow runs`) : emptyValue;
    }
    case "env": {
      const map = scope.environments.find((environment) => valueOf2(environment, name) !== void 0);
      if (map === void 0) return unknownValue(`${written} is not set in the file`);
      return { ...nodeValue(evaluation, valueOf2(map, name), written), isSingle: true };
    }
    case "inputs":
      return inputValue(evaluation, name);
    case "github":
      if (name === "event" && rest[0] === "inputs") return inputValue(evaluation, rest[1] ?? "");
      return unknownValue(`${written} is known when the workflow runs`);
    case "steps":
    case "needs":
    case "jobs":
      return unknownValue(`${written} is an output`, true);
    default:
      return unknownValue(`${written} is known when the workflow runs`);
  }
}
var emptyValue = { texts: [[]], maybeEmpty: true, isOutput: false };
function inputValue(evaluation, name) {
  for (const inputs of evaluation.scope.inputs) {
    const input = mapOf(valueOf2(inputs, name));
    const value = input === void 0 ? void 0 : valueOf2(input, "default");
    if (scalarOf(value) !== void 0) {
      return { ...nodeValue(evaluation, value, `inputs.${name}`), isSingle: true };
    }
  }
  return unknownValue(`the input ${name} has no default`);
}
function below(node, path) {
  let target = node;
  for (const key of path) {
    const map = mapOf(target);
    target = map === void 0 ? void 0 : valueOf2(map, key);
  }
  return target;
}
function nodeValue({ scope, depth, at }, node, written) {
  const target = resolveAlias(node);
  if (target !== void 0 && target.kind !== "scalar") return unknownValue(`${written} is no text`);
  const scalar = scalarOf(target);
  if (scalar === void 0 || scalar.text.trim() === "") return emptyValue;
  const text = referenceText(scope.uses.file, scalar);
  const name = written.toLowerCase();
  scope.uses.record(scalar, name.startsWith("env.") ? void 0 : name, at);
  if (!text.text.includes("${{")) {
    return { texts: [literalPieces(text, scalar.start)], maybeEmpty: false, isOutput: false };
  }
  if (depth > MAX_DEPTH4) return unknownValue(`${written} refers to itself`);
  const texts = expandExpressions(scope, text, depth + 1).map((pieces) => declaredBy(scalar, pieces));
  return { texts, maybeEmpty: false, isOutput: texts.length === 0 };
}

// src/files/github-matrix.ts
var MAX_COMBINATIONS = 256;
var NO_MATRIX = { combinations: [/* @__PURE__ */ new Map()], computed: false };
function readMatrix(file, job) {
  const strategy = mapOf(valueOf2(job, "strategy"));
  const node = strategy === void 0 ? void 0 : valueOf2(strategy, "matrix");
  if (node === void 0) return NO_MATRIX;
  const matrix = mapOf(evaluated(file, node));
  if (matrix === void 0) return { combinations: [/* @__PURE__ */ new Map()], computed: true };
  const entries = matrix.entries.map(({ key, value }) => ({ key, value: evaluated(file, value) ?? value }));
  const axes = entries.filter((entry) => !["include", "exclude"].includes(keyOf(entry)));
  const lists = axes.filter(({ value }) => resolveAlias(value)?.kind === "list");
  const include = entries.findLast((entry) => keyOf(entry) === "include")?.value;
  const computed = lists.length < axes.length || include !== void 0 && resolveAlias(include)?.kind !== "list";
  let combinations = lists.length === 0 ? [] : [/* @__PURE__ */ new Map()];
  for (const [index, entry] of lists.entries()) {
    combinations = product(combinations, keyOf(entry), itemsOf(entry.value));
    spend(file, combinations.length * (index + 1));
  }
  const excluded = entriesOf3(file, entries.findLast((entry) => keyOf(entry) === "exclude")?.value);
  const kept = combinations.filter((combination) => !excluded.some((entry) => matches2(file, combination, entry)));
  const included = entriesOf3(file, include);
  return { combinations: includeEntries(file, kept, new Set(lists.map(keyOf)), included), computed };
}
function product(combinations, key, values) {
  return combinations.flatMap((combination) => values.map((value) => new Map(combination).set(key, value))).slice(0, MAX_COMBINATIONS);
}
function entriesOf3(file, list) {
  const maps = itemsOf(list).map(mapOf);
  return maps.filter((map) => map !== void 0).slice(0, MAX_COMBINATIONS).map((map) => {
    spend(file, map.entries.length);
    return new Map(map.entries.map((entry) => [keyOf(entry), entry.value]));
  });
}
var COMPARISONS = 8;
function matches2(file, combination, entry) {
  spend(file, 1 / COMPARISONS);
  for (const [key, value] of entry) {
    spend(file, 1 / COMPARISONS);
    if (!isSame(combination.get(key), value)) return false;
  }
  return true;
}
function isSame(left, right) {
  const [one, other] = [resolveAlias(left), resolveAlias(right)];
  return one === other || textOf2(one) !== void 0 && textOf2(one) === textOf2(other);
}
function includeEntries(file, combinations, listKeys, entries) {
  const extended = combinations.map((combination) => new Map(combination));
  const added = [];
  for (const entry of entries) {
    const lists = new Map([...entry].filter(([key]) => listKeys.has(key)));
    let isUsed = false;
    for (const [index, combination] of combinations.entries()) {
      if (!matches2(file, combination, lists)) continue;
      isUsed = true;
      spend(file, entry.size);
      for (const [key, value] of entry) extended[index]?.set(key, value);
    }
    if (!isUsed) added.push(entry);
  }
  return [...extended, ...added].slice(0, MAX_COMBINATIONS);
}
var JSON_LITERAL = /^\s*\$\{\{\s*fromJSON\(\s*'((?:[^']|'')*)'\s*\)\s*\}\}\s*$/di;
function evaluated(file, node) {
  const scalar = scalarOf(node);
  const text = scalar === void 0 || file.within !== void 0 ? void 0 : mapScalar(file, scalar);
  const [from, to] = (text === void 0 ? null : JSON_LITERAL.exec(text.text))?.indices?.[1] ?? [0, 0];
  if (text === void 0 || from === to) return node;
  const json = sliceText(text, from, to).text;
  const start = placeOf(text, from);
  if (json.includes("''") || !file.text.startsWith(json, start)) return node;
  spend(file, Math.ceil(json.length / 2));
  const [value] = readYaml(json).documents;
  return value === void 0 ? node : moved(value, start);
}
function moved(node, by) {
  const range = { start: node.start + by, end: node.end + by };
  if (node.kind === "list") return { ...node, ...range, items: node.items.map((item) => moved(item, by)) };
  if (node.kind !== "map") return { ...node, ...range };
  return {
    ...node,
    ...range,
    entries: node.entries.map(({ key, value }) => ({ key: moved(key, by), value: moved(value, by) }))
  };
}

// src/files/shell-options.ts
function table(values, flags) {
  return { values: new Set(values.split(/\s+/)), flags: new Set(flags.split(/\s+/)) };
}
var RUN_OPTIONS = table(
  `add-host annotation attach a blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cidfile
  cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares c cpus cpuset-cpus cpuset-mems
  detach-keys device device-cgroup-rule device-read-bps device-read-iops device-write-bps device-write-iops dns
  dns-opt dns-option dns-search domainname entrypoint env e env-file expose gpus group-add health-cmd health-interval
  health-retries health-start-interval health-start-period health-timeout hostname h io-maxbandwidth io-maxiops ip ip6
  ipc isolation kernel-memory label l label-file link link-local-ip log-driver log-opt mac-address memory m
  memory-reservation memory-swap memory-swappiness mount name net net-alias network network-alias oom-score-adj pid
  pids-limit platform publish p pull restart runtime security-opt shm-size stop-signal stop-timeout storage-opt sysctl
  tmpfs ulimit user u userns uts volume v volume-driver volumes-from workdir w
  arch authfile cert-dir cgroup-conf cgroups chrootdirs conmon-pidfile creds decryption-key gidmap group-entry
  health-log-destination health-max-log-count health-max-log-size health-on-failure health-startup-cmd
  health-startup-interval health-startup-retries health-startup-success health-startup-timeout hosts-file hostuser
  image-volume init-ctr init-path os passwd-entry personality pidfile pod pod-id-file preserve-fd preserve-fds rdt-class
  requires retry retry-delay sdnotify seccomp-policy secret shm-size-systemd subgidname subuidname systemd timeout tz
  uidmap umask unsetenv variant
  cosign-key ipfs-address rdt-class snapshotter verify`,
  `detach d disable-content-trust help init interactive i no-healthcheck oom-kill-disable privileged publish-all P
  quiet q read-only rm sig-proxy tty t use-api-socket
  env-host http-proxy no-hostname no-hosts passwd read-only-tmpfs replace rmi rootfs tls-verify unsetenv-all`
);
var PULL_OPTIONS = table(
  `platform arch authfile cert-dir creds decryption-key os policy retry retry-delay variant
  cosign-key ipfs-address snapshotter verify unpack`,
  "all-tags a disable-content-trust quiet q help tls-verify all-platforms"
);
var GLOBAL_OPTIONS = table(
  `config context c host H log-level l tlscacert tlscert tlskey connection identity module url root runroot
  storage-driver storage-opt namespace n address snapshotter data-root cgroup-manager`,
  "debug D tls tlsverify help v version remote r"
);

// src/files/official-images.ts
var OFFICIAL = new Set(
  `adminer adoptopenjdk aerospike almalinux alpine amazoncorretto amazonlinux api-firewall arangodb archlinux bash
buildpack-deps busybox caddy cassandra centos chronograf cirros clickhouse clojure composer consul convertigo
couchbase couchdb dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx
erlang fedora flink fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy haproxy haskell haxe
hello-world httpd ibm-semeru-runtimes ibmjava influxdb java jenkins jetty joomla jruby julia kapacitor kibana kong
krakend liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express mysql nats
nats-streaming neo4j neurodebian nextcloud nginx node nuxeo odoo open-liberty openjdk opensuse oraclelinux orientdb
owncloud percona perl php phpmyadmin plone postfixadmin postgres pypy python r-base rabbitmq redis redmine registry
rethinkdb rocket.chat rockylinux ros ruby rust sapmachine solr sonarqube spark swarm swift swipl teamspeak telegraf
tomcat tomee traefik ubuntu valkey varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper`.split(/\s+/)
);
function isOfficial(name) {
  return OFFICIAL.has(name);
}

// src/files/shell-program.ts
var PROGRAMS = /* @__PURE__ */ new Set(["docker", "podman", "nerdctl", "buildah", "kubectl"]);
function isProgram(name) {
  return PROGRAMS.has(name);
}
var NAMES_PROGRAM = /docker|podman|nerdctl|buildah|kubectl|(?:container|oci)_(?:runtime|engine|tool|cli|cmd|bin)/i;
var PREFIXES = new Set(
  "! { if then elif else do while until time exec command builtin nohup sudo doas env nice call timeout retry travis_retry winpty caffeinate".split(" ")
);
var SUDO = /^\$\{?\w*sudo\w*\}?$/i;
var ENGINE = /^\$\{?(?:[a-z]+__)?(?:docker|podman|nerdctl|(?:docker|podman)_(?:bin|binary|cli|exe)|(?:container|oci)_(?:runtime|engine|tool|cli|bin|cmd))\}?$/i;
function programOf(command) {
  let at = prefixLength2(command);
  if (SUDO.test(command[at]?.variable?.text.slice(0, 64) ?? "")) at += 1 + prefixLength2(command.slice(at + 1));
  const name = command[at];
  const rest = command.slice(at + 1);
  if (name === void 0) return [void 0, []];
  if (name.dynamic) return [ENGINE.test(name.variable?.text ?? "") ? "docker" : void 0, rest];
  const program = name.text.text.slice(name.text.text.lastIndexOf("/") + 1);
  return [PROGRAMS.has(program) ? program : void 0, rest];
}
function prefixLength2(command) {
  let at = 0;
  for (; at < command.length; at++) {
    const word = command[at]?.text.text ?? "";
    if (at === 0 && word === "function") at += 1;
    else if (!isPrefix(word, command[at - 1])) break;
  }
  return Math.min(at, command.length);
}
function isPrefix(word, before) {
  if (PREFIXES.has(word) || /^[A-Za-z_]\w*=/.test(word)) return true;
  if (before === void 0) return false;
  if (/^-[ug]$/.test(before.text.text)) return true;
  return /^(?:--?[A-Za-z][\w=-]*|\d+(?:\.\d+)?[smhd]?)$/.test(word);
}

// src/files/shell-docker.ts
var NAMING = new Set("commit import push tag".split(" "));
function imagesOf(command) {
  const [program, words] = programOf(command);
  if (program === "kubectl") return usedBy(kubectlImage(words));
  if (program === void 0) {
    const nodes = words[1]?.text.text === "node-image" ? [mapText("kindest/node")] : [];
    return { ...NOTHING, made: [...optionValues(words, ["--tag", "-t", "--destination"], true), ...nodes] };
  }
  const [verb, rest] = verbOf(words);
  switch (verb) {
    case "run":
    case "create":
      return program === "buildah" || isNeverPulled(rest) ? NOTHING : pulledBy(rest, RUN_OPTIONS);
    case "pull":
      return pulledBy(rest, PULL_OPTIONS);
    case "from":
      return program === "buildah" ? usedBy(imageArgument(rest, RUN_OPTIONS)) : NOTHING;
    case "build":
    case "bud":
      return { ...NOTHING, used: buildImages(rest), made: optionValues(rest, ["--tag", "-t"], true) };
    case "buildx create":
      return { ...NOTHING, used: driverImages(rest) };
    case "buildx imagetools":
      return { ...NOTHING, made: optionValues(rest, ["--tag", "-t"], true) };
    default:
      return NAMING.has(verb) ? { ...NOTHING, made: rest.slice(-1).map(writtenText) } : NOTHING;
  }
}
var NOTHING = { used: [], computed: [], variable: [], made: [] };
var PLAUSIBLE = /^[a-z0-9][\w.:/@+-]*$/i;
function isPullable(reference) {
  if (!PLAUSIBLE.test(reference) || !/\w$/.test(reference)) return false;
  if (reference.startsWith("localhost/")) return false;
  return reference.includes("/") || isOfficial(reference.replace(/[:@].*$/s, ""));
}
function pulledBy(words, options) {
  return { ...usedBy(imageArgument(words, options)), platform: optionValues(words, ["--platform"])[0]?.text };
}
function usedBy(word) {
  if (word === void 0) return NOTHING;
  const { text, dynamic, expression, variable } = word;
  if (expression !== void 0) return { ...NOTHING, computed: [withoutScheme2(expression)] };
  if (variable !== void 0) return { ...NOTHING, variable: [withoutScheme2(variable)] };
  const image = withoutScheme2(text);
  return !dynamic && PLAUSIBLE.test(image.text) ? { ...NOTHING, used: [image] } : NOTHING;
}
function writtenText({ text, expression, variable }) {
  return expression ?? variable ?? text;
}
function isNeverPulled(words) {
  return optionValues(words, ["--pull"]).some(({ text }) => text === "never");
}
function kubectlImage(words) {
  const end = words.findIndex(({ text }) => text.text === "--");
  const own = end < 0 ? words : words.slice(0, end);
  const isRun = own.some(({ text }) => text.text === "run" || text.text === "create" || text.text === "debug");
  const isNever = own.some(({ text }) => text.text === "--image-pull-policy=Never");
  if (!isRun || isNever) return void 0;
  const [image] = optionValues(own, ["--image"], true);
  if (image === void 0) return void 0;
  const dynamic = image.text.includes("$");
  return { text: image, dynamic, ...dynamic ? { variable: image } : {} };
}
var GROUPS = /* @__PURE__ */ new Set(["container", "image", "builder"]);
function verbOf(words) {
  const at = firstArgument(words, GLOBAL_OPTIONS);
  const verb = at === void 0 ? "" : words[at]?.text.text ?? "";
  const rest = words.slice((at ?? 0) + 1);
  const next = rest[0]?.text.text ?? "";
  if (GROUPS.has(verb)) return [next, rest.slice(1)];
  if (verb !== "buildx") return [verb, rest];
  return [next === "b" || next === "build" ? "build" : `buildx ${next}`, rest.slice(1)];
}
function withoutScheme2(text) {
  return text.text.startsWith("docker://") ? sliceText(text, "docker://".length) : text;
}
function imageArgument(words, options) {
  const at = firstArgument(words, options);
  return at === void 0 ? void 0 : words[at];
}
function firstArgument(words, options) {
  let at = 0;
  while (at < words.length) {
    const one = words[at];
    const word = one === void 0 ? "" : writtenText(one).text;
    if (word === "--") return at + 1;
    if (!word.startsWith("-") || word === "-") return at;
    const width = word.startsWith("--") ? longWidth(word.slice(2), options) : shortWidth(word.slice(1), options);
    if (width === void 0) return void 0;
    at += width;
  }
  return void 0;
}
function longWidth(option, { values, flags }) {
  const equals = option.indexOf("=");
  const name = equals < 0 ? option : option.slice(0, equals);
  if (values.has(name)) return equals < 0 ? 2 : 1;
  return flags.has(name) ? 1 : void 0;
}
function shortWidth(letters, { values, flags }) {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? "";
    if (values.has(letter)) return at === letters.length - 1 ? 2 : 1;
    if (!flags.has(letter)) return letters[at] === "=" && at > 0 ? 1 : void 0;
  }
  return 1;
}
function optionValues(words, names, dynamic = false) {
  const values = [];
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if (names.includes(word.text.text) && next !== void 0 && (dynamic || !next.dynamic)) {
      values.push(writtenText(next));
    }
    if (word.dynamic && !dynamic) continue;
    for (const name of names) {
      const isLong = name.startsWith("--");
      const start = isLong ? `${name}=` : name;
      const text = writtenText(word);
      if (!text.text.startsWith(start) || text.text === name) continue;
      values.push(sliceText(text, text.text.startsWith(`${name}=`) ? name.length + 1 : name.length));
    }
  }
  return values;
}
var DOCKER_IMAGE2 = "=docker-image://";
function buildImages(words) {
  return optionValues(words, ["--build-context"]).flatMap((context) => {
    const at = context.text.indexOf(DOCKER_IMAGE2);
    return at < 0 ? [] : [sliceText(context, at + DOCKER_IMAGE2.length)];
  });
}
function driverImages(words) {
  return optionValues(words, ["--driver-opt"]).flatMap((options) => fieldOf(options, "image"));
}
function fieldOf(fields, key) {
  const found = fieldsOf(fields).find(({ text }) => text.startsWith(`${key}=`));
  return found === void 0 ? [] : [sliceText(found, key.length + 1)];
}
function fieldsOf(fields) {
  const parts = [];
  for (let from = 0; from <= fields.text.length; ) {
    const comma = fields.text.indexOf(",", from);
    const end = comma < 0 ? fields.text.length : comma;
    parts.push(sliceText(fields, from, end));
    from = end + 1;
  }
  return parts;
}
var MAX_UNITS8 = 4096;
function repositoryOf(reference) {
  if (reference.length > MAX_UNITS8) return reference;
  const name = reference.replace(/(?:@[^/]*|:[^/]*)$/, "");
  try {
    return nameOf(parseReference(name));
  } catch (error) {
    if (error instanceof UserError) return name;
    throw error;
  }
}

// src/files/github-inputs.ts
var IMAGE_INPUTS = {
  "docker/build-push-action": {
    "build-contexts": "contexts",
    "cache-from": "cache",
    sbom: "generator",
    attests: "generator",
    outputs: "own"
  },
  "docker/bake-action": { set: "contexts", sbom: "generator" },
  "docker/metadata-action": { images: "own" },
  "docker/setup-buildx-action": { "driver-opts": "driver-opts", append: "nodes" },
  "docker/setup-qemu-action": { image: "reference" },
  "docker/scout-action": { image: "reference", to: "reference" },
  "aquasecurity/trivy-action": { "image-ref": "reference" },
  "anchore/scan-action": { image: "reference" },
  "anchore/sbom-action": { image: "reference" },
  "azure/container-scan": { "image-name": "reference" },
  "crazy-max/ghaction-container-scan": { image: "reference" },
  "snyk/actions/docker": { image: "reference" },
  "erzz/dockle-action": { image: "reference" },
  "goodwithtech/dockle-action": { image: "reference" },
  "redhat-actions/buildah-build": { "base-image": "reference", image: "own" },
  "addnab/docker-run-action": { image: "reference" },
  "uraimo/run-on-arch-action": { base_image: "reference" },
  "helm/kind-action": { node_image: "reference" },
  "engineerd/setup-kind": { image: "reference" },
  "zaproxy/action-baseline": { docker_name: "reference" },
  "zaproxy/action-full-scan": { docker_name: "reference" },
  "zaproxy/action-api-scan": { docker_name: "reference" },
  "google-github-actions/deploy-cloudrun": { image: "reference" }
};
function imageInputsOf(uses) {
  const name = uses.split("@")[0]?.toLowerCase() ?? "";
  return Object.hasOwn(IMAGE_INPUTS, name) ? IMAGE_INPUTS[name] ?? {} : {};
}
var CONTEXT = "=docker-image://";
function partsOf(line, shape) {
  if (shape === "driver-opts") return fieldOf(line, "image");
  if (shape === "generator") return fieldOf(line, "generator");
  if (shape === "own") return [...fieldOf(line, "name"), line].slice(0, 1);
  if (shape === "contexts") {
    const at = line.text.indexOf(CONTEXT);
    return at < 0 ? [] : [sliceText(line, at + CONTEXT.length)];
  }
  if (shape === "cache") {
    if (!line.text.includes("type=")) return [line];
    return line.text.includes("type=registry") ? fieldOf(line, "ref") : [];
  }
  const scheme = /^(?:docker|registry):\/\//.exec(line.text)?.[0] ?? "";
  const rest = sliceText(line, scheme.length);
  return rest.text.includes("://") ? [] : [rest];
}
function linesOf(text) {
  const lines = [];
  for (let from = 0; from < text.text.length; ) {
    const newline = text.text.indexOf("\n", from);
    const end = newline < 0 ? text.text.length : newline;
    const line = text.text.slice(from, end);
    const start = from + line.length - line.trimStart().length;
    if (line.trim() !== "" && !line.trim().startsWith("#")) {
      lines.push(sliceText(text, start, start + line.trim().length));
    }
    from = end + 1;
  }
  return lines;
}

// src/files/shell-dialect.ts
var UNKNOWN = "%";
function asPosix(source, shell) {
  const command = shell.trim().split(/\s/, 1)[0] ?? "";
  const name = command.slice(command.search(/[^/\\]*$/)).replace(/\.exe$/i, "").toLowerCase();
  if (/^(?:ba|da|k|z)?sh$/.test(name)) return source;
  if (name === "pwsh" || name === "powershell") return { ...source, text: fromPowerShell(source.text) };
  return name === "cmd" ? { ...source, text: fromCmd(source.text) } : void 0;
}
var POWERSHELL = new RegExp(
  [
    "<#[^]*?(?:#>|$)",
    // a comment
    "(?<![^\\s;&|(){}])#[^\\n]*",
    // one to the end of its line
    '@"[ \\t]*\\n[^]*?(?:\\n"@|$)',
    // texts of several lines
    "@'[ \\t]*\\n[^]*?(?:\\n'@|$)",
    '"(?:[^"`]|`[^])*"?',
    "'[^']*'?",
    "\\$\\{\\{[^}]{0,256}\\}\\}",
    // GitHub's expressions
    "\\$\\{[^}\\n]{0,256}\\}",
    // variables
    "`[^]?",
    "[\\\\{}]"
  ].join("|"),
  "g"
);
function fromPowerShell(text) {
  return text.replace(POWERSHELL, (part) => {
    if (part === "`\n") return "\\\n";
    if (part === "{" || part === "}") return ";";
    if (part === "\\") return UNKNOWN;
    if (part.startsWith("`")) return unknown2(part);
    if (part.startsWith('"')) return part.replaceAll(/`[^]?|\\/g, unknown2);
    if (part.startsWith("<#") || part.startsWith("#")) return " ".repeat(part.length);
    return part.startsWith("@") ? `$x${" ".repeat(part.length - 2)}` : part;
  });
}
function unknown2(part) {
  return part.length === 2 ? "$x" : UNKNOWN;
}
function fromCmd(text) {
  return text.replaceAll(/^[ \t@]*(?:rem(?![^\s])|::)[^\n]*/gim, (line) => " ".repeat(line.length)).replaceAll(/^[ \t]*@/gm, (start) => " ".repeat(start.length)).replaceAll(/\$\{\{[^}]{0,256}\}\}|\^[^]?|[\\'`$#;]/g, (part) => {
    if (part === "^\n") return "\\\n";
    if (part.startsWith("${{")) return part;
    return part === ";" ? " " : unknown2(part);
  });
}

// src/files/shell-word.ts
function newWord(text, written, { computed, expression, variable, split }) {
  if (computed || expression && variable) return { text, dynamic: true };
  if (expression) return { text, dynamic: true, expression: written };
  if (!variable || /[$'"\\]/.test(text.text)) return { text, dynamic: variable };
  return { text, dynamic: true, variable: written, ...split ? { isSplit: true } : {} };
}
function isVariable2(written) {
  return /^\$(?:[A-Za-z_]|\{\w)/.test(written) && !written.includes("`") && !written.includes("$(");
}
function escapedQuoteEnd(text, from) {
  let at = from;
  while (at < text.length && text[at] !== "'") at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}
function ordinaryEnd(text, from, stops) {
  let end = from;
  while (end < text.length && !stops.includes(text[end] ?? "")) end++;
  return end;
}
function isExpansion(text, at) {
  return text[at] === "`" || text[at] === "$" && /[\w({@*#?$!'"-]/.test(text[at + 1] ?? "");
}
var MAX_ARITHMETIC = 512;
function arithmeticEnd(text, at) {
  if (text[at + 1] !== "(") return void 0;
  const limit = Math.min(text.length, at + MAX_ARITHMETIC);
  let open = 0;
  for (let end = at; end < limit && text[end] !== "\n"; end++) {
    if (text[end] === "(") open++;
    else if (text[end] === ")" && --open === 0) return text[end - 1] === ")" ? end + 1 : void 0;
  }
  return void 0;
}
function closingBrace(text, from) {
  let open = 1;
  for (let at = from; at < text.length && text[at] !== "\n"; at++) {
    if (text[at] === "{") open++;
    else if (text[at] === "}" && --open === 0) return at;
  }
  return -1;
}

// src/files/shell.ts
var MAX_DEPTH5 = 32;
function readCommands(source) {
  const commands = [];
  visitCommands(source, ({ words }) => commands.push(words));
  return commands;
}
function visitCommands(source, visit, depth = 0) {
  const script = { source, text: source.text, at: 0, depth, visit, heredocs: [] };
  while (script.at < script.text.length) {
    readList3(script);
    script.at++;
  }
}
function readList3(script) {
  let words = [];
  let open = 0;
  let isJoined = false;
  const end = (isApart = false) => {
    if (words.length === 0) return;
    script.visit({ words, isNested: isApart || isJoined || open > 0 || script.depth > 0 });
    words = [];
    isJoined = false;
  };
  while (script.at < script.text.length) {
    const unit = script.text[script.at];
    if (unit === ")" && open === 0) break;
    if (isBlank2(script)) skipBlank(script);
    else if (unit === "#") script.at = lineEnd(script.text, script.at);
    else if (unit === "\n") {
      end();
      script.at++;
      skipHeredocs(script);
    } else if (unit === "<" || unit === ">") readRedirection(script, words);
    else if (unit === "&" && script.text[script.at + 1] === ">") script.at++;
    else if (unit === "(" && arithmeticEnd(script.text, script.at) !== void 0) {
      script.at = arithmeticEnd(script.text, script.at) ?? script.at;
    } else if (";&|()".includes(unit ?? "")) {
      const operator = /^(?:&&|\|[|&]?)/.exec(script.text.slice(script.at, script.at + 2))?.[0];
      end(operator === "|" || operator === "|&" || unit === "&" && operator === void 0);
      if (operator !== void 0) isJoined = true;
      open += unit === "(" ? 1 : unit === ")" ? -1 : 0;
      script.at += operator?.length ?? 1;
    } else words.push(readWord2(script));
  }
  end();
}
function isBlank2({ text, at }) {
  const unit = text[at];
  return unit === " " || unit === "	" || unit === "\r" || unit === "\\" && text[at + 1] === "\n";
}
function skipBlank(script) {
  script.at += script.text[script.at] === "\\" ? 2 : 1;
}
function lineEnd(text, at) {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
function readRedirection(script, words) {
  const operator = /^(?:<<<|<<-|<<|<>|<&|>>|>&|>\||[<>])/.exec(script.text.slice(script.at, script.at + 3))?.[0] ?? "<";
  const number = words.at(-1)?.text;
  const isAttached = number !== void 0 && /^\d+$/.test(number.text) && !isSeparated(script);
  if (isAttached) words.pop();
  script.at += operator.length;
  if (script.text[script.at] === "(") return;
  while (isBlank2(script)) skipBlank(script);
  if (script.at >= script.text.length || "\n;&|()<>".includes(script.text[script.at] ?? "")) return;
  const { text } = readWord2(script);
  if (operator === "<<" || operator === "<<-") script.heredocs.push({ delimiter: text.text, tabs: operator === "<<-" });
}
function isSeparated({ text, at }) {
  return at === 0 || /\s/.test(text[at - 1] ?? "");
}
function skipHeredocs(script) {
  for (const { delimiter, tabs } of script.heredocs) {
    while (script.at < script.text.length) {
      const end = lineEnd(script.text, script.at);
      const line = script.text.slice(script.at, end);
      script.at = end + 1;
      if ((tabs ? line.replace(/^\t+/, "") : line) === delimiter) break;
    }
  }
  script.heredocs = [];
}
var WORD_ENDS = " 	\r\n;&|()<>";
var PATTERN_UNITS = "*?[{~";
var WORD_STOPS = `${WORD_ENDS}${PATTERN_UNITS}\\'"$\``;
function readWord2(script) {
  const end = ordinaryEnd(script.text, script.at, WORD_STOPS);
  if (!WORD_ENDS.includes(script.text[end] ?? " ")) return readMixedWord(script);
  const text = sliceText(script.source, script.at, end);
  script.at = end;
  return { text, dynamic: false };
}
function readMixedWord(script) {
  const { has, take, skip, end } = newParts(script);
  while (script.at < script.text.length) {
    const { text, at } = script;
    const unit = text[at] ?? "";
    if (WORD_ENDS.includes(unit)) break;
    if (unit === "\\") {
      if (text[at + 1] !== "\n") take(at + 1, at + 2);
      script.at += 2;
    } else if (unit === "'") {
      const close = text.indexOf("'", at + 1);
      script.at = close < 0 ? text.length : close;
      take(at + 1, script.at++);
    } else if (unit === '"') readDoubleQuotes(script, take, () => skip(true));
    else if (text.startsWith("$'", at)) {
      has.computed = true;
      script.at = escapedQuoteEnd(text, at + 2);
    } else if (isExpansion(text, at)) skip(false);
    else {
      if (PATTERN_UNITS.includes(unit)) has.computed = true;
      script.at = ordinaryEnd(text, at + 1, WORD_STOPS);
      take(at, script.at);
    }
  }
  return end();
}
function newParts(script) {
  const pieces = [];
  const written = [];
  const has = { computed: false, expression: false, variable: false, split: false };
  return {
    has,
    take: (from, to) => {
      for (const piece of piecesOf(sliceText(script.source, from, to))) {
        pieces.push(piece);
        written.push(piece);
      }
    },
    skip: (isQuoted) => {
      const from = script.at;
      readExpansion(script);
      const expansion = sliceText(script.source, from, script.at);
      for (const piece of piecesOf(expansion)) written.push(piece);
      if (expansion.text.startsWith("${{")) has.expression = true;
      else if (isVariable2(expansion.text)) {
        has.variable = true;
        has.split ||= !isQuoted;
      } else has.computed = true;
    },
    end: () => newWord(joinPieces(pieces), joinPieces(written), has)
  };
}
function readDoubleQuotes(script, take, skip) {
  script.at++;
  while (script.at < script.text.length && script.text[script.at] !== '"') {
    const { text, at } = script;
    if (text[at] === "\\" && '$`"\\\n'.includes(text[at + 1] ?? " ")) {
      if (text[at + 1] !== "\n") take(at + 1, at + 2);
      script.at += 2;
    } else if (isExpansion(text, at)) skip();
    else {
      script.at = ordinaryEnd(text, at + 1, '"\\$`');
      take(at, script.at);
    }
  }
  script.at++;
}
function readExpansion(script) {
  const { text, at } = script;
  const next = text[at + 1];
  if (text[at] === "`") {
    const close = text.indexOf("`", at + 1);
    const end = close < 0 ? text.length : close;
    readInner(script, at + 1, end);
    script.at = end + 1;
  } else if (next === "(") {
    const end = arithmeticEnd(text, at + 1);
    if (end !== void 0) {
      script.at = end;
      return;
    }
    script.at += 2;
    if (++script.depth <= MAX_DEPTH5) readList3(script);
    else script.at = text.length;
    script.depth--;
    script.at++;
  } else if (next === "{") {
    const close = text.startsWith("${{", at) ? text.indexOf("}}", at) + 1 : closingBrace(text, at + 2);
    script.at = close <= 0 ? text.length : close + 1;
  } else if (next === "'" || next === '"') script.at++;
  else script.at += /^\$\w+/.exec(text.slice(at, at + 256))?.[0].length ?? 2;
}
function readInner(script, from, to) {
  if (script.depth >= MAX_DEPTH5) return;
  visitCommands(sliceText(script.source, from, to), script.visit, script.depth + 1);
}

// src/files/github-steps.ts
function newReading(uses) {
  return { uses, candidates: [], found: [], own: /* @__PURE__ */ new Set() };
}
function finishReading({ uses, candidates, found, own }) {
  for (const { pieces, word } of candidates) uses.recordReference(pieces, word);
  const located = candidates.map(({ pieces, word, purpose }) => ({
    reference: uses.locate(pieces, word),
    purpose
  }));
  return [...found, ...located].filter(({ reference, purpose }) => purpose === "pulled" || !own.has(repositoryOf(reference.reference))).filter(({ reference, purpose }) => purpose !== "script" || isKnown(reference)).map(({ reference, purpose }) => purpose === "cache" ? asBuildCache(reference) : reference);
}
function isKnown({ reference, unresolved }) {
  const { tag, digest } = splitIdentifiers(reference);
  return unresolved === void 0 && isPullable(reference) && (tag !== void 0 || digest !== void 0);
}
function addLiteral2({ found }, text, purpose, traits = []) {
  for (const reference of literalReference(text, traits)) found.push({ reference, purpose });
}
function readReference(reading, scopes, node) {
  spend(reading.uses.file);
  const scalar = scalarOf(node);
  if (scalar === void 0 || isOverlong(reading, scalar)) return;
  const text = withoutDocker(referenceText(reading.uses.file, scalar));
  if (text.text.includes("${{")) readExpressions(reading, scopes, text, "pulled");
  else addLiteral2(reading, text, "pulled", misreadTraits(scalar));
}
function isOverlong({ uses, found }, scalar) {
  const reference = overlongScalar(uses.file, scalar);
  if (reference !== void 0) found.push({ reference, purpose: "pulled" });
  return reference !== void 0;
}
var DOCKER = "docker://";
function withoutDocker(text) {
  return text.text.startsWith(DOCKER) ? sliceText(text, DOCKER.length) : text;
}
var BROKEN = /^[:@/]|:(?:[-.@]|$)|\/(?:[:@/]|$)/;
function readExpressions(reading, scopes, text, purpose) {
  const relevant = text.text.includes("matrix") ? scopes : scopes.slice(0, 1);
  const seen = /* @__PURE__ */ new Set();
  for (const scope of relevant) {
    for (const expanded of expandExpressions(scope, text)) {
      const pieces = textOf(expanded).startsWith(DOCKER) ? slicePieces(expanded, DOCKER.length) : expanded;
      const identity = pieces.map((piece) => `${piece.start ?? ""} ${piece.text}`).join("|");
      const known = pieces.every((piece) => piece.unknown === void 0);
      const whole2 = textOf(pieces);
      if (known && (whole2 === "" || BROKEN.test(whole2)) || seen.has(identity)) continue;
      seen.add(identity);
      reading.candidates.push({ pieces, word: rangeOf(text), purpose });
    }
  }
}
function addOwn({ own }, scopes, text) {
  own.add(repositoryOf(text.text));
  if (!text.text.includes("${{")) return;
  for (const scope of text.text.includes("matrix") ? scopes : scopes.slice(0, 1)) {
    for (const pieces of expandApart(scope, text)) own.add(repositoryOf(writtenOf(pieces)));
  }
}
function readSteps(reading, scopes, steps, shell) {
  for (const step of itemsOf(steps).map(mapOf)) {
    spend(reading.uses.file, 4);
    if (step === void 0) continue;
    readSteps(reading, scopes, valueOf2(step, "parallel"), shell);
    readSteps(reading, scopes, valueOf2(step, "steps"), shell);
    const environment = mapOf(valueOf2(step, "env"));
    if (environment !== void 0) spend(reading.uses.file, scopes.length);
    const inner = environment === void 0 ? scopes : scopes.map((scope) => withEnvironment(scope, environment));
    readUses(reading, inner, step);
    readScript(reading, inner, step, shell);
  }
}
function withEnvironment(scope, environment) {
  return { ...scope, environments: [environment, ...scope.environments] };
}
function readUses(reading, scopes, step) {
  const uses = scalarOf(valueOf2(step, "uses"));
  if (uses === void 0) return;
  if (uses.text.startsWith(DOCKER)) {
    if (isOverlong(reading, uses)) return;
    addLiteral2(reading, withoutDocker(referenceText(reading.uses.file, uses)), "pulled");
    return;
  }
  const shapes = imageInputsOf(uses.text);
  const inputs = mapOf(valueOf2(step, "with"));
  for (const entry of inputs?.entries ?? []) {
    const scalar = scalarOf(entry.value);
    const name = keyOf(entry);
    spend(reading.uses.file);
    if (scalar === void 0) continue;
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : void 0;
    if (shape !== void 0 || name === "tags") spend(reading.uses.file, Math.ceil(scalar.text.length / 8));
    if (shape !== void 0) readInput(reading, scopes, scalar, shape);
    if (name === "tags") {
      for (const line of linesOf(referenceText(reading.uses.file, scalar))) {
        for (const tag of fieldsOf(line)) addOwn(reading, scopes, trimText(tag));
      }
    }
  }
}
function readInput(reading, scopes, scalar, shape) {
  const text = referenceText(reading.uses.file, scalar);
  if (shape === "nodes") {
    readNodes(reading, text);
    return;
  }
  const purpose = shape === "cache" ? "cache" : "maybe-own";
  for (const part of linesOf(text).flatMap((line) => partsOf(line, shape))) {
    if (shape === "own") addOwn(reading, scopes, part);
    else if (part.text.includes("${{")) readExpressions(reading, scopes, part, purpose);
    else addLiteral2(reading, part, purpose);
  }
}
function readNodes(reading, text) {
  const nodes = readYaml(text);
  for (const map of nodes.documents.flatMap((document) => [...mapsIn(document)])) {
    const options = valueOf2(map, "driver-opts");
    for (const item of [options, ...itemsOf(options)]) {
      const scalar = scalarOf(item);
      const lines = scalar === void 0 ? [] : linesOf(referenceText(nodes, scalar));
      for (const part of lines.flatMap((line) => fieldOf(line, "image"))) {
        if (!part.text.includes("${{")) addLiteral2(reading, part, "pulled");
      }
    }
  }
}
var LISTED = /^(?:[^$]|\$\{\{\s*(?:matrix|(?:github\.event\.)?inputs)\.[\w.-]+\s*\}\})+$/;
function readScript(reading, scopes, step, shell) {
  const script = scalarOf(valueOf2(step, "run"));
  if (script === void 0) return;
  spend(reading.uses.file, Math.ceil(script.text.length / 2));
  if (!NAMES_PROGRAM.test(script.text)) return;
  const named = textOf2(valueOf2(step, "shell")) ?? shell;
  const text = asPosix(referenceText(reading.uses.file, script), named.includes("${{") ? shell : named);
  for (const command of text === void 0 ? [] : readCommands(text)) {
    const { used, computed, made, platform } = imagesOf(command);
    const traits = platform === void 0 ? [] : [{ kind: "one-platform", platform }];
    for (const image of used) if (isPullable(image.text)) addLiteral2(reading, image, "maybe-own", traits);
    for (const image of computed.filter((one) => LISTED.test(one.text))) {
      readExpressions(reading, scopes, image, "script");
    }
    for (const image of made) addOwn(reading, scopes, image);
  }
}

// src/files/github-workflow.ts
var MENTION = /\b(?:matrix|inputs)(?:\.[\w-]+)+/gi;
function findWith(format, read) {
  return (file, { imageKeys }) => {
    const yaml = readYaml(file.text);
    const found = yaml.documents.flatMap((document) => {
      const root = mapOf(document);
      const reading = newReading(new VariableUses(yaml, MENTION));
      if (root !== void 0) read(reading, root);
      return finishReading(reading);
    });
    return sitesOf(format, file, distinctReferences([...found, ...namedReferences(yaml, imageKeys)]));
  };
}
function readWorkflow(reading, root) {
  const events = mapOf(valueOf2(root, "on"));
  const inputs = ["workflow_call", "workflow_dispatch"].map((event) => {
    const trigger = events === void 0 ? void 0 : mapOf(valueOf2(events, event));
    return trigger === void 0 ? void 0 : mapOf(valueOf2(trigger, "inputs"));
  });
  const scope = {
    uses: reading.uses,
    combination: /* @__PURE__ */ new Map(),
    computedMatrix: false,
    environments: [],
    inputs: inputs.filter((map) => map !== void 0)
  };
  const jobs = mapOf(valueOf2(root, "jobs"));
  for (const { value } of jobs === void 0 ? [] : entriesOf2(jobs)) {
    const job = mapOf(value);
    if (job !== void 0) readJob(reading, withOwnEnvironment(scope, root), job, shellOf(root));
  }
}
function shellOf(owner) {
  let map = owner;
  for (const key of ["defaults", "run"]) map = map === void 0 ? void 0 : mapOf(valueOf2(map, key));
  return map === void 0 ? void 0 : textOf2(valueOf2(map, "shell"));
}
function isWindows(scopes, job) {
  const node = valueOf2(job, "runs-on");
  const group = mapOf(node);
  const labels = group === void 0 ? node : valueOf2(group, "labels");
  const scalars = [labels, ...itemsOf(labels)].map(scalarOf).filter((scalar) => scalar !== void 0);
  return scopes.every(
    (scope) => scalars.some((scalar) => {
      const texts = expandApart(scope, referenceText(scope.uses.file, scalar));
      return texts.length > 0 && texts.every((pieces) => /^windows/i.test(textOf(pieces)));
    })
  );
}
function withOwnEnvironment(scope, owner) {
  const environment = mapOf(valueOf2(owner, "env"));
  return environment === void 0 ? scope : withEnvironment(scope, environment);
}
var JOB_WORK = 100;
function readJob(reading, outer, job, shell) {
  spend(reading.uses.file, JOB_WORK);
  const scope = withOwnEnvironment(outer, job);
  const { combinations, computed } = readMatrix(reading.uses.file, job);
  const used = combinations.length === 0 ? NO_MATRIX.combinations : combinations;
  const scopes = used.map((combination) => Object.assign({}, scope, { combination, computedMatrix: computed }));
  const services = mapOf(valueOf2(job, "services"));
  const container = valueOf2(job, "container");
  for (const node of [container, ...(services === void 0 ? [] : entriesOf2(services)).map(({ value }) => value)]) {
    const map = mapOf(node);
    readReference(reading, scopes, map === void 0 ? node : valueOf2(map, "image"));
  }
  const usual = container === void 0 && isWindows(scopes, job) ? "pwsh" : "bash";
  readSteps(reading, scopes, valueOf2(job, "steps"), shellOf(job) ?? shell ?? usual);
}
var DOCKER2 = "docker://";
function readAction(reading, root) {
  const runs = mapOf(valueOf2(root, "runs"));
  if (runs === void 0) return;
  const image = scalarOf(valueOf2(runs, "image"));
  if (image?.text.toLowerCase().startsWith(DOCKER2) === true) {
    addLiteral2(reading, sliceText(referenceText(reading.uses.file, image), DOCKER2.length), "pulled");
  }
  const inputs = mapOf(valueOf2(root, "inputs"));
  const scope = {
    uses: reading.uses,
    combination: /* @__PURE__ */ new Map(),
    computedMatrix: false,
    environments: [],
    inputs: inputs === void 0 ? [] : [inputs]
  };
  readSteps(reading, [scope], valueOf2(runs, "steps"), "bash");
}
var STEP_PLACES = [
  "steps: `uses: docker://…`, those in `parallel` groups included",
  "image inputs of well-known actions (docker/build-push-action, aquasecurity/trivy-action, …)",
  "`docker run`, `create`, `pull` and `build --build-context` in `run`, of podman and nerdctl as well, `kubectl run --image`: literal ones, and those that a matrix or inputs give"
];
var githubWorkflow = {
  id: "github-workflow",
  title: "GitHub workflows",
  files: [".github/workflows/*.yml", ".github/workflows/*.yaml"],
  places: [
    "`jobs.*.container` and `jobs.*.services.*`: a text or `image`",
    ...STEP_PLACES,
    "`${{ matrix.x }}`, `${{ inputs.x || 'image' }}` and `${{ env.x }}` in them"
  ],
  matches: (path) => /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/.test(path) ? "yes" : "no",
  mayContain: (text) => /docker|image|container|services|podman|nerdctl|buildah/.test(text),
  find: findWith("github-workflow", readWorkflow)
};
var githubAction = {
  id: "github-action",
  title: "GitHub actions",
  files: ["action.yml", "action.yaml"],
  places: ["`runs.image: docker://…`", ...STEP_PLACES],
  matches: (path) => /(?:^|\/)action\.ya?ml$/.test(path) ? "yes" : "no",
  mayContain: (text) => /docker|image|podman|nerdctl|buildah/.test(text),
  find: findWith("github-action", readAction)
};

// src/files/gitlab-include.ts
var MAX_INCLUDES = 150;
function includedPaths2(text, files) {
  if (!text.includes("include")) return [];
  const roots = readYaml(text).documents.map(mapOf);
  const written = roots.flatMap((root) => root === void 0 ? [] : includesOf(root).concat(triggered(root)));
  return written.flatMap((path) => expandPath(path, files));
}
function includesOf(owner) {
  return localPaths(valueOf2(owner, "include"));
}
function triggered(root) {
  const triggers = entriesOf2(root).map(({ value }) => mapOf(value));
  const maps = triggers.map((job) => job === void 0 ? void 0 : mapOf(valueOf2(job, "trigger")));
  return maps.flatMap((trigger) => trigger === void 0 ? [] : includesOf(trigger));
}
function localPaths(include) {
  return [include, ...itemsOf(include)].slice(0, MAX_INCLUDES).flatMap((item) => {
    const map = mapOf(item);
    const path = textOf2(map === void 0 ? item : valueOf2(map, "local"))?.replace(/^\/+/, "") ?? "";
    return path === "" || /\$|:\/\/|(?:^|\/)\.\.(?:\/|$)/.test(path) ? [] : [path];
  });
}
var MATCHED = /* @__PURE__ */ new WeakMap();
var MAX_STEPS = 1e7;
function expandPath(path, files) {
  if (!path.includes("*")) return [path];
  const matched = MATCHED.get(files) ?? { known: /* @__PURE__ */ new Map(), left: MAX_STEPS };
  MATCHED.set(files, matched);
  const before = matched.known.get(path);
  if (before !== void 0) return before;
  const matches5 = wildcardTest(path, (steps) => {
    matched.left -= steps;
    if (matched.left >= 0) return;
    const message = "the pipelines include more patterns of files than can be followed";
    throw new UserError("limit", message, "Leave the file out with the input exclude");
  });
  const found = files.filter((file) => /\.ya?ml$/.test(file) && matches5(file));
  matched.known.set(path, found);
  return found;
}
function wildcardTest(pattern, work = () => {
}) {
  const items = pattern.match(/\*\*\/|\*\*|[^]/g) ?? [];
  const prefix = pattern.slice(0, pattern.indexOf("*"));
  const suffix = pattern.slice(pattern.lastIndexOf("*") + 1).replace(/^\//, "");
  const start = (places, from) => {
    for (let item = from; ; item++) {
      places.add(2 * item);
      if (items[item]?.startsWith("*") !== true) return;
    }
  };
  return (path) => {
    work(1);
    if (!path.startsWith(prefix) || !path.endsWith(suffix)) return false;
    let places = /* @__PURE__ */ new Set();
    start(places, 0);
    for (const unit of path) {
      work(places.size);
      const next = /* @__PURE__ */ new Set();
      for (const place of places) {
        const at = place >> 1;
        const item = items[at];
        if (item === "**/") {
          next.add(2 * at + 1);
          if (unit === "/") start(next, at + 1);
        } else if (item === "**" || item === "*" && unit !== "/") start(next, at);
        else if (item === unit) start(next, at + 1);
      }
      places = next;
    }
    return places.has(2 * items.length);
  };
}
var PARTS = /* @__PURE__ */ new WeakMap();
var POOLS = /* @__PURE__ */ new WeakMap();
function includedVariables(root, options) {
  const pool = { values: /* @__PURE__ */ new Map(), seen: /* @__PURE__ */ new Set() };
  for (const path of includesOf(root)) {
    for (const inner of expandPath(path, options.files ?? [])) addPart(inner, options, pool);
  }
  return pool.values;
}
function pipelineVariables(path, options) {
  const pools = POOLS.get(options.sibling) ?? /* @__PURE__ */ new Map();
  POOLS.set(options.sibling, pools);
  const before = pools.get(path);
  if (before !== void 0) return before;
  const pool = { values: /* @__PURE__ */ new Map(), seen: /* @__PURE__ */ new Set() };
  addPart(path, options, pool);
  pools.set(path, pool.values);
  return pool.values;
}
function addPart(path, options, pool) {
  if (pool.seen.size > MAX_INCLUDES || pool.seen.has(path)) return;
  pool.seen.add(path);
  const part = partOf(path, options);
  for (const inner of part?.includes ?? []) addPart(inner, options, pool);
  for (const [name, text] of part?.variables ?? []) pool.values.set(name, { text, path });
}
function partOf(path, { sibling, files = [] }) {
  const parts = PARTS.get(sibling) ?? /* @__PURE__ */ new Map();
  PARTS.set(sibling, parts);
  if (!parts.has(path)) {
    const text = sibling(path);
    const isPart = text !== void 0 && /variables|include/.test(text) && text.length <= LIMITS.scannedFileBytes;
    parts.set(path, isPart ? readPart2(text, files) : void 0);
  }
  return parts.get(path);
}
function readPart2(text, files) {
  const root = mapOf(readYaml(text).documents.at(-1));
  if (root === void 0) return { variables: /* @__PURE__ */ new Map(), includes: [] };
  const includes2 = includesOf(root).flatMap((written) => expandPath(written, files));
  return { variables: plainVariables(mapOf(valueOf2(root, "variables"))), includes: includes2 };
}
function plainVariables(variables) {
  const values = /* @__PURE__ */ new Map();
  for (const entry of variables === void 0 ? [] : entriesOf2(variables)) {
    const detailed = mapOf(entry.value);
    const text = scalarOf(detailed === void 0 ? entry.value : valueOf2(detailed, "value"))?.text;
    if (text !== void 0) values.set(keyOf(entry), text);
  }
  return values;
}

// src/files/gitlab-variables.ts
var MAX_DEPTH6 = 8;
var MAX_TEXTS2 = 64;
var MAX_PIECES3 = 64;
var MAX_UNITS9 = 4096;
var SUBSTITUTION = /\$(?:\$|\[\[\s*inputs\.([\w-]+)[^\]]*\]\]|\{(\w+)\}|\{[^{}]*\}|([A-Za-z_]\w*))/g;
function expandVariables(variables, source, depth = 0) {
  if (source.text.length > MAX_UNITS9) {
    return tooLong2(source);
  }
  let texts = [[]];
  let run = 0;
  const add = (values) => {
    const more = values.slice(0, MAX_TEXTS2);
    const first = texts.slice(0, Math.ceil(MAX_TEXTS2 / more.length));
    texts = first.flatMap((text) => more.map((value) => text.concat(value))).slice(0, MAX_TEXTS2);
    spend(variables.uses.file, texts.length);
  };
  for (const match of source.text.matchAll(SUBSTITUTION)) {
    const [written, input, braced, plain2] = match;
    spend(variables.uses.file);
    if (texts.some((pieces) => pieces.length > MAX_PIECES3)) return tooLong2(source);
    add([literalPieces(sliceText(source, run, match.index))]);
    run = match.index + written.length;
    const name = braced ?? plain2;
    const place = { at: placeOf(source, match.index), anchor: placeOf(source, run - 1) + 1, written, depth };
    if (input !== void 0) add(inputTexts(variables, input, place));
    else if (name !== void 0) add(namedTexts(variables, name, place));
    else if (written === "$$") add(unknown3({ ...place, written: "$" }, "it holds a dollar sign, which no image does"));
    else add(unknown3(place, "GitLab knows no such form of a variable"));
  }
  add([literalPieces(sliceText(source, run))]);
  return texts;
}
function tooLong2(source) {
  return [[{ text: "", unknown: { written: source.text.slice(0, 64), why: "it is too long", filled: true } }]];
}
function namedTexts(variables, name, place) {
  const several = variables.matrix.get(name);
  if (several !== void 0) return several.flatMap((scalar) => scalarTexts(variables, scalar, place));
  const ruled = variables.ruled.get(name) ?? [];
  const texts = ruled.flatMap((scalar) => scalarTexts(variables, scalar, place));
  const otherwise = declaredTexts(variables, name, place);
  if (otherwise !== void 0) return [...texts, ...otherwise];
  if (texts.length > 0) return texts;
  const predefined = /^(?:CI|GITLAB)(?:_|$)/.test(name);
  return unknown3(place, `the variable ${name} is ${predefined ? "set by GitLab" : "not set in the file"}`);
}
function declaredTexts(variables, name, place) {
  for (const map of variables.maps) {
    const texts = mapTexts(variables, map, name, place);
    if (texts !== void 0) return texts;
  }
  const outer = variables.outer.get(name);
  if (outer !== void 0) return sharedTexts(variables, outer, place);
  const own = variables.own === void 0 ? void 0 : mapTexts(variables, variables.own, name, place);
  if (own !== void 0) return own;
  const included = variables.included.get(name);
  return included === void 0 ? void 0 : sharedTexts(variables, included, place);
}
function mapTexts(variables, map, name, place) {
  const value = valueOf2(map, name);
  const detailed = mapOf(value);
  const scalar = scalarOf(detailed === void 0 ? value : valueOf2(detailed, "value"));
  const isRaw = detailed !== void 0 && textOf2(valueOf2(detailed, "expand")) === "false";
  if (isRaw && scalar?.text.includes("$") === true) return unknown3(place, `the variable ${name} is not expanded`);
  if (scalar !== void 0) return scalarTexts(variables, scalar, place).map((pieces) => anchored2(pieces, place));
  return value === void 0 ? void 0 : [[]];
}
function sharedTexts(variables, { text }, place) {
  if (place.depth >= MAX_DEPTH6) return unknown3(place, "its variables refer to one another");
  const texts = expandVariables(variables, mapText(text), place.depth + 1);
  const moved2 = texts.map((pieces) => pieces.map((piece) => ({ text: piece.text, ...unknownOf(piece) })));
  return moved2.map((pieces) => anchored2(pieces, place));
}
function unknownOf({ unknown: why }) {
  return why === void 0 ? {} : { unknown: why };
}
function inputTexts({ inputs, ...variables }, name, place) {
  const input = inputs === void 0 ? void 0 : mapOf(valueOf2(inputs, name));
  const scalar = input === void 0 ? void 0 : scalarOf(valueOf2(input, "default"));
  if (scalar === void 0) return unknown3(place, `the input ${name} has no default`);
  return scalarTexts({ inputs, ...variables }, scalar, place).map((pieces) => anchored2(pieces, place));
}
function unknown3({ written }, why) {
  return [[{ text: "", unknown: { written, why, filled: false } }]];
}
function scalarTexts(variables, scalar, place) {
  const text = referenceText(variables.uses.file, scalar);
  variables.uses.record(scalar, void 0, place.at);
  if (!text.text.includes("$")) return [literalPieces(text, scalar.start)];
  if (place.depth >= MAX_DEPTH6) return unknown3(place, "its variables refer to one another");
  return expandVariables(variables, text, place.depth + 1).map((pieces) => declaredBy(scalar, pieces));
}
function anchored2(pieces, { anchor }) {
  return pieces.map((piece, index) => index === pieces.length - 1 ? Object.assign({}, piece, { anchor }) : piece);
}
function matrixOf(file, job) {
  const parallel = mapOf(valueOf2(job, "parallel"));
  return collect(file, itemsOf(parallel === void 0 ? void 0 : valueOf2(parallel, "matrix")));
}
function ruledBy(file, owners) {
  const rules = owners.flatMap((owner) => itemsOf(owner === void 0 ? void 0 : valueOf2(owner, "rules")));
  spend(file, rules.length);
  const maps = rules.map(mapOf).map((rule) => rule === void 0 ? void 0 : valueOf2(rule, "variables"));
  return collect(
    file,
    maps.filter((map) => map !== void 0)
  );
}
function collect(file, maps) {
  const values = /* @__PURE__ */ new Map();
  for (const map of maps.map(mapOf)) {
    for (const variable of map?.entries ?? []) {
      spend(file);
      const list = values.get(keyOf(variable)) ?? [];
      values.set(keyOf(variable), list);
      for (const node of [variable.value, ...itemsOf(variable.value)]) {
        if (list.length >= MAX_TEXTS2) break;
        const scalar = scalarOf(node);
        if (scalar !== void 0) list.push(scalar);
      }
    }
  }
  return values;
}
function isEmpty3(pieces) {
  return textOf(pieces) === "" && pieces.every((piece) => piece.unknown === void 0);
}

// src/files/script-images.ts
var ScriptReading = class {
  #variables;
  #budget;
  #named = [];
  #own = /* @__PURE__ */ new Set();
  constructor(variables, budget) {
    this.#variables = variables;
    this.#budget = budget;
  }
  add(command) {
    const { used, variable, made, platform } = imagesOf(command);
    for (const image of used) this.#named.push({ pieces: literalPieces(image), ...namedBy(image), platform });
    for (const image of variable) {
      const pieces = this.#expand(image);
      if (pieces?.every(isKnown2) === true) this.#named.push({ pieces, ...namedBy(image), platform });
    }
    for (const image of made) {
      this.#own.add(repositoryOf(comparable(image.text)));
      const pieces = image.text.includes("$") ? this.#expand(image) : void 0;
      if (pieces !== void 0) this.#own.add(repositoryOf(textOf(pieces)));
    }
  }
  /** What the file's references are, once all commands are added. */
  found(uses) {
    const pulled = this.#named.filter(
      ({ pieces, written }) => isPullable(textOf(pieces)) && !this.#isOwn(textOf(pieces)) && !this.#isOwn(written)
    );
    for (const { pieces, word } of pulled) uses.record(pieces, word);
    return distinctReferences(
      pulled.map(({ pieces, word, platform }) => forPlatform(uses.locate(pieces, word), platform))
    );
  }
  #isOwn(reference) {
    return this.#own.size > 0 && this.#own.has(repositoryOf(reference));
  }
  /** What a word gives; undefined when the shell has other means to tell. */
  #expand(image) {
    const expanded = expandWord(image, "\\", this.#variables, this.#budget);
    if (this.#budget.units < 0) throw tooMuch2();
    return expanded.failure === void 0 ? expanded.pieces : void 0;
  }
};
function isKnown2({ unknown: unknown4, isConditional }) {
  return unknown4 === void 0 && isConditional !== true;
}
function tooMuch2() {
  const message = "the variables of the file give more text than can be read";
  return new UserError("limit", message, "Leave the file out with the input exclude");
}
function namedBy(image) {
  return { word: rangeOf(image), written: comparable(image.text) };
}
function comparable(written) {
  return written.replaceAll(/\$(\w+)/g, (_, name) => `\${${name}}`);
}

// src/files/script-uses.ts
var ANYTHING = {
  pieces: [{ text: "", unknown: { written: "", why: "", filled: true } }],
  consulted: NONE_CONSULTED
};
var NOTHING2 = 0;
var WORDS = 1;
var PARTS2 = 2;
var MAX_DEPTH7 = 16;
var ScriptUses = class {
  #text;
  #mention;
  #declared;
  /** What each declaration gives; undefined when that is several. */
  #references = /* @__PURE__ */ new Map();
  #words = [];
  #exposures = /* @__PURE__ */ new Map();
  #exported;
  #sorted;
  #mentions;
  #values;
  /** `mention` finds every use of a variable in the file's text; one of two groups is the name. */
  constructor(text, mention, declared) {
    this.#text = text;
    this.#mention = mention;
    this.#declared = declared;
  }
  /** Notes an image that a word gives. All are noted before the first is located. */
  record(pieces, word) {
    this.#words.push(word);
    const reference = textOf(pieces);
    for (const { declaration } of pieces) {
      if (declaration === void 0) continue;
      const isOther = this.#references.has(declaration) && this.#references.get(declaration) !== reference;
      this.#references.set(declaration, isOther ? void 0 : reference);
    }
  }
  /** Where the reference is rewritten. */
  locate(pieces, word) {
    return locateReference(pieces, word, this.#declarations);
  }
  #declarations = {
    belongsTo: (id, reference) => {
      if (this.#references.get(id) !== reference) return false;
      return this.#declared[id]?.value !== reference || this.#exposureOf(id, 0) < PARTS2;
    },
    isExposed: (id) => {
      this.#exported ??= exportedNames(this.#text);
      return this.#exposureOf(id, 0) > NOTHING2 || this.#exported.has(this.#declared[id]?.name ?? "") || this.#exported.has("");
    },
    defaultOf: (id) => this.#declared[id]
  };
  #exposureOf(id, depth) {
    const known = this.#exposures.get(id);
    const declared = this.#declared[id];
    if (known !== void 0 || declared === void 0) return known ?? PARTS2;
    if (depth > MAX_DEPTH7) return PARTS2;
    this.#exposures.set(id, NOTHING2);
    this.#mentions ??= mentionsOf(this.#text, this.#mention, new Set(this.#declared.map(({ name }) => name)));
    let most = NOTHING2;
    for (const mention of this.#mentions.get(declared.name) ?? []) {
      if (mention.exposure > most && !this.#givesImages(mention, id, depth)) most = mention.exposure;
    }
    this.#exposures.set(id, most);
    return most;
  }
  /** Whether a mention is in the word of an image, or in a value that is used for nothing else. */
  #givesImages(mention, id, depth) {
    this.#sorted ??= this.#words.toSorted((left, right) => left.start - right.start);
    if (isInside(this.#sorted, mention) !== void 0) return true;
    this.#values ??= this.#declared.map(({ range }, index) => ({ ...range, id: index })).toSorted((left, right) => left.start - right.start);
    const outer = isInside(this.#values, mention);
    if (outer === void 0) return false;
    if (outer.id === id) return true;
    return this.#references.has(outer.id) && this.#exposureOf(outer.id, depth + 1) === NOTHING2;
  }
};
function exportedNames(text) {
  const all = /\bset -a|\.EXPORT_ALL_VARIABLES/.test(text) ? [""] : [];
  const lines = text.matchAll(/(?:^|[\s;])export(?=\s)([^\n]*)/g);
  return /* @__PURE__ */ new Set([...all, ...[...lines].flatMap(([, names = ""]) => names.match(/\w+/g) ?? [""])]);
}
function isInside(ranges, place) {
  const range = ranges[upperBound(ranges, ({ start }) => start <= place.start) - 1];
  return range !== void 0 && place.end <= range.end ? range : void 0;
}
function mentionsOf(text, mention, names) {
  const mentions = /* @__PURE__ */ new Map();
  for (const match of text.matchAll(mention)) {
    const name = match[1] ?? match[2] ?? "";
    if (!names.has(name)) continue;
    const start = match.index;
    const open = match[0][1];
    const isOpen = open === "{" || open === "(";
    const end = start + match[0].length + (isOpen ? 1 : 0);
    const isClosed = !isOpen || text[end - 1] === (open === "{" ? "}" : ")");
    const isValue = !/^\W\W?[#!]/.test(match[0]);
    const isWhole = isValue && isClosed && /^[\s"'=(]?$/.test(text[start - 1] ?? "") && /^[\s"'`;)|&<>]?$/.test(text[end] ?? "");
    const list = mentions.get(name) ?? [];
    list.push({ start, end, exposure: isWhole ? WORDS : PARTS2 });
    mentions.set(name, list);
  }
  return mentions;
}

// src/files/shell-variables.ts
function shellVariables(source, budget) {
  const { certain, counts } = readAssignments(source);
  for (const [, name = ""] of source.text.matchAll(/\$\{(\w+):?=/g)) count({ counts }, name, 1);
  const values = /* @__PURE__ */ new Map();
  const texts = /* @__PURE__ */ new Map();
  const declared = [];
  const self = {
    declared,
    valueOf: (name) => values.get(name) ?? ((counts.get(name) ?? 0) > 1 ? ANYTHING : void 0),
    absence: () => ({ why: "", filled: false }),
    split: newSplitter(texts, budget)
  };
  for (const { name, value } of certain) {
    if (counts.get(name) !== 1) continue;
    const id = declared.length;
    const expanded = value === void 0 || value.text === "" ? void 0 : expandWord(value, "\\", self, budget, id);
    if (value === void 0 || expanded?.failure !== void 0 || expanded === void 0) {
      values.set(name, ANYTHING);
      continue;
    }
    declared.push({ name, range: rangeOf(value), value: textOf(expanded.pieces) });
    values.set(name, { pieces: expanded.pieces, consulted: NONE_CONSULTED });
    texts.set(name, value);
  }
  for (const name of counts.keys()) if (!values.has(name)) values.set(name, ANYTHING);
  return self;
}
function assignedNames(source) {
  return readAssignments(source).counts.keys();
}
var OPENING = /* @__PURE__ */ new Set(["if", "case", "for", "while", "until", "select", "{"]);
var CLOSING2 = /* @__PURE__ */ new Set(["fi", "esac", "done", "}"]);
var KEYWORDS = new Set("! { if then elif else do while until time".split(" "));
var DECLARING = new Set("export readonly declare typeset local let".split(" "));
var SETTING = new Set(
  "read for select unset printf mapfile readarray getopts local declare typeset".split(" ")
);
function readAssignments(source) {
  const assigned = { certain: [], counts: /* @__PURE__ */ new Map() };
  let depth = 0;
  visitCommands(source, ({ words, isNested }) => {
    let at = 0;
    for (; at < words.length && KEYWORDS.has(plain(words[at])); at++) if (OPENING.has(plain(words[at]))) depth++;
    const first = plain(words[at]);
    if (OPENING.has(first)) depth++;
    if (first === "function" && words.slice(at + 1).some((word) => plain(word) === "{")) depth++;
    readCommand(assigned, words.slice(at), !isNested && depth === 0);
    if (CLOSING2.has(first)) depth = Math.max(0, depth - 1);
  });
  return assigned;
}
function plain(word) {
  return word?.text.text ?? "";
}
function count({ counts }, name, by) {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
function readCommand(assigned, words, isCertain) {
  const first = plain(words[0]);
  const isDeclaring = DECLARING.has(first);
  const rest = isDeclaring ? words.filter((word, index) => index > 0 && !plain(word).startsWith("-")) : words;
  const assignments = rest.map(assignmentOf);
  const other = isDeclaring ? -1 : assignments.indexOf(void 0);
  const isOther = first === "let" || isDeclaring && words.some((word) => /^-\w*[aAin]/.test(plain(word)));
  const isSure = isCertain && other < 0 && !isOther;
  for (const one of other < 0 ? assignments : assignments.slice(0, other)) {
    if (one === void 0) continue;
    count(assigned, one.name, isSure ? 1 : 2);
    if (isSure) assigned.certain.push(one);
  }
  if (first === ":" && isCertain) readDefaults(assigned, words);
  const program = isDeclaring ? first : plain(rest[other]);
  if (program !== "eval" && !SETTING.has(program)) return;
  const names = program === "eval" ? /[A-Za-z_]\w*/g : /^[A-Za-z_]\w*(?=$|\[)/g;
  for (const word of rest) for (const [name] of plain(word).matchAll(names)) count(assigned, name, 2);
}
function assignmentOf(word) {
  const source = word.variable ?? word.text;
  const match = /^([A-Za-z_]\w*)(\+?=|\[)/.exec(source.text.slice(0, 256));
  if (match === null) return void 0;
  const [written, name = "", operator] = match;
  const isText = word.dynamic ? word.variable !== void 0 : !/[$'"\\`]/.test(source.text);
  const isKnown3 = operator === "=" && isText;
  return { name, value: isKnown3 ? sliceText(source, written.length) : void 0 };
}
function readDefaults(assigned, words) {
  for (const { variable } of words) {
    const match = /^\$\{([A-Za-z_]\w*)(:?)=/.exec(variable?.text.slice(0, 256) ?? "");
    if (match === null || variable === void 0) continue;
    const [, name = "", colon = ""] = match;
    const equals = 2 + name.length + colon.length;
    const text = `${variable.text.slice(0, equals)}-${variable.text.slice(equals + 1)}`;
    assigned.certain.push({ name, value: { ...variable, text } });
  }
}
var WHOLE = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/;
function newSplitter(texts, budget) {
  const known = /* @__PURE__ */ new Map();
  const wordsOf = (name) => {
    const value = texts.get(name);
    if (known.has(name) || value === void 0) return known.get(name);
    const isPlain = value.text.length <= MAX_SPLIT && !/[;|&<>()#\n]/.test(value.text);
    const words = isPlain && (/\s/.test(value.text) || isProgram(value.text)) ? readCommands(value)[0] : void 0;
    known.set(name, words);
    return words;
  };
  return (words) => words.flatMap((word) => {
    if (word.isSplit !== true || word.variable === void 0 || word.variable.text.length > 256) return [word];
    const match = WHOLE.exec(word.variable.text);
    const inner = wordsOf(match?.[1] ?? match?.[2] ?? "");
    if (inner === void 0) return [word];
    budget.units -= inner.length + 1;
    if (budget.units < 0) throw tooMuch2();
    return inner;
  });
}
var MAX_SPLIT = 4096;

// src/files/gitlab-script.ts
function newScriptReading(file, jobs) {
  return { file, jobs, used: [], own: /* @__PURE__ */ new Set(), set: /* @__PURE__ */ new Set() };
}
function readScripts(reading, owner, variables) {
  const hooks = mapOf(valueOf2(owner, "hooks"));
  const hook = hooks === void 0 ? void 0 : valueOf2(hooks, "pre_get_sources_script");
  const scripts = ["before_script", "script", "after_script"].map((key) => valueOf2(owner, key));
  for (const node of [...scripts, hook]) {
    for (const scalar of scalarsIn(reading, node, 0)) readScript2(reading, scalar, variables);
  }
}
var MAX_LEVELS = 10;
function* scalarsIn(reading, node, level) {
  spend(reading.file);
  const scalar = scalarOf(node);
  if (scalar !== void 0) yield scalar;
  else if (level > MAX_LEVELS) return;
  else if (resolveAlias(node)?.tag === "!reference") {
    const [name = "", ...path] = itemsOf(node).map(textOf2);
    let target = reading.jobs.get(name);
    for (const key of path) {
      const map = mapOf(target);
      target = map === void 0 ? void 0 : valueOf2(map, key ?? "");
    }
    yield* scalarsIn(reading, target, level + 1);
  } else for (const item of itemsOf(node)) yield* scalarsIn(reading, item, level + 1);
}
function readScript2(reading, scalar, variables) {
  spend(reading.file, Math.ceil(scalar.text.length / 8));
  if (!NAMES_PROGRAM.test(scalar.text) && !/=|read|unset/.test(scalar.text)) return;
  const source = referenceText(reading.file, scalar);
  for (const name of assignedNames(source)) reading.set.add(name);
  for (const command of readCommands(source)) {
    const { used, variable, made, platform } = imagesOf(command);
    for (const image of used) reading.used.push({ image, variables: void 0, platform });
    for (const image of variable) reading.used.push({ image, variables });
    for (const image of made) {
      reading.own.add(repositoryOf(comparable(image.text)));
      if (!image.text.includes("$")) continue;
      const texts = expandVariables({ ...variables, uses: variables.uses.apart() }, image);
      for (const pieces of texts) reading.own.add(repositoryOf(comparable(writtenOf(pieces))));
    }
  }
}
function scriptImages(reading) {
  const { used, own } = reading;
  const isForeign = (reference) => isPullable(reference) && !own.has(repositoryOf(comparable(reference)));
  const foreign = used.filter(({ image }) => !own.has(repositoryOf(comparable(image.text))));
  const literal = foreign.filter(({ image, variables }) => variables === void 0 && isForeign(image.text));
  const candidates = foreign.flatMap(
    ({ image, variables }) => variables === void 0 || isSet(reading, image.text) ? [] : expandVariables(variables, image).filter((pieces) => isReference(pieces) && isForeign(textOf(pieces))).map((pieces) => ({ pieces, word: rangeOf(image) }))
  );
  const found = literal.flatMap(
    ({ image, platform }) => literalReference(image).map((one) => forPlatform(one, platform))
  );
  return { found, candidates };
}
function isSet({ set }, written) {
  return [...written.matchAll(/\$\{?(\w+)/g)].some(([, name = ""]) => set.has(name));
}
function isReference(pieces) {
  const { tag, digest } = splitIdentifiers(textOf(pieces));
  return unknownIn(pieces) === void 0 && (tag !== void 0 || digest !== void 0);
}

// src/files/gitlab-ci.ts
var KEYWORDS2 = new Set(
  "include stages variables workflow cache before_script after_script spec image services".split(" ")
);
var MAX_EXTENDS = 11;
function find2(file, options) {
  const yaml = readYaml(file.text);
  const roots = yaml.documents.map(mapOf).filter((root) => root !== void 0);
  const specs = roots.map((root) => mapOf(valueOf2(root, "spec"))).filter((spec) => spec !== void 0);
  const inputs = specs.map((spec) => mapOf(valueOf2(spec, "inputs"))).find((map) => map !== void 0);
  const found = [];
  const isCertain = options.includedBy !== void 0 || matches3(file.path) === "yes";
  for (const root of isCertain ? roots : roots.filter(isPipeline)) {
    const uses = new VariableUses(yaml, /\$(?:\{\w+|\w+)/g);
    const jobs = jobsOf(root);
    const own = variablesIn(jobs, root);
    const common = { own, ruled: ruledBy(yaml, [jobs.get("workflow")]), ...sharedBy(file, root, options) };
    const scripts = newScriptReading(yaml, jobs);
    const pipeline = { root, jobs, uses, common, inputs, scripts, found, candidates: [] };
    readPipeline(pipeline);
    for (const { pieces, word } of pipeline.candidates) uses.recordReference(pieces, word);
    for (const { pieces, word } of pipeline.candidates) found.push(uses.locate(pieces, word));
  }
  return sitesOf("gitlab-ci", file, distinctReferences([...found, ...namedReferences(yaml, options.imageKeys)]));
}
function sharedBy(file, root, options) {
  const included = includedVariables(root, options);
  const first = options.includedBy?.at(-1);
  if (first === void 0) return { outer: /* @__PURE__ */ new Map(), included };
  const values = [...pipelineVariables(first, options)];
  return { outer: new Map(values.filter(([, { path }]) => path !== file.path)), included };
}
function isPipeline(root) {
  return root.entries.some((entry) => {
    const job = mapOf(entry.value);
    return job !== void 0 && ["script", "extends", "trigger", "stage"].some((key) => valueOf2(job, key) !== void 0);
  });
}
function readPipeline(pipeline) {
  const { root } = pipeline;
  readPlaces(pipeline, root, variablesOf(pipeline, void 0));
  for (const entry of root.entries) {
    const job = KEYWORDS2.has(keyOf(entry)) ? void 0 : mapOf(entry.value);
    if (job !== void 0) readPlaces(pipeline, job, variablesOf(pipeline, job));
  }
  const { found, candidates } = scriptImages(pipeline.scripts);
  pipeline.found.push(...found);
  pipeline.candidates.push(...candidates);
}
function readPlaces(pipeline, owner, variables) {
  readImage(pipeline, valueOf2(owner, "image"), variables);
  readScripts(pipeline.scripts, owner, variables);
  const services = valueOf2(owner, "services");
  if (resolveAlias(services)?.tag === "!reference") return;
  for (const service of itemsOf(services)) readImage(pipeline, service, variables);
}
var MACHINE = /^macos-\d+-xcode-\d+$/;
function readImage(pipeline, node, variables) {
  spend(pipeline.uses.file);
  const map = mapOf(node);
  const scalar = scalarOf(map === void 0 ? node : valueOf2(map, "name"));
  if (scalar === void 0) return;
  const file = pipeline.uses.file;
  const overlong = overlongScalar(file, scalar);
  if (overlong !== void 0) {
    pipeline.found.push(overlong);
    return;
  }
  const text = referenceText(file, scalar);
  if (MACHINE.test(text.text)) return;
  if (!text.text.includes("$")) {
    const docker = map === void 0 ? void 0 : mapOf(valueOf2(map, "docker"));
    const platform = docker === void 0 ? void 0 : textOf2(valueOf2(docker, "platform"));
    pipeline.found.push(...literalReference(text, misreadTraits(scalar)).map((one) => forPlatform(one, platform)));
    return;
  }
  for (const pieces of expandVariables(variables, text)) {
    if (!isEmpty3(pieces)) pipeline.candidates.push({ pieces, word: rangeOf(text) });
  }
}
function variablesOf(pipeline, job) {
  const { uses, common, inputs, jobs } = pipeline;
  if (job === void 0) return { uses, maps: [], matrix: /* @__PURE__ */ new Map(), ...common, inputs };
  const owners = [job, ...extendedJobs(pipeline, job)];
  const maps = owners.map((owner) => variablesIn(jobs, owner)).filter((map) => map !== void 0);
  const ruled = new Map([...common.ruled, ...ruledBy(uses.file, owners)]);
  for (const values of ruled.values()) spend(uses.file, values.length);
  return { uses, maps, matrix: matrixOf(uses.file, job), ...common, ruled, inputs };
}
function variablesIn(jobs, owner) {
  const node = valueOf2(owner, "variables");
  if (resolveAlias(node)?.tag !== "!reference") return mapOf(node);
  const [name = "", ...path] = itemsOf(node).map(textOf2);
  let map = jobs.get(name);
  for (const key of path) map = map === void 0 ? void 0 : mapOf(valueOf2(map, key ?? ""));
  return map;
}
function jobsOf(root) {
  const jobs = /* @__PURE__ */ new Map();
  for (const entry of entriesOf2(root)) {
    const job = mapOf(entry.value);
    if (job !== void 0) jobs.set(keyOf(entry), job);
  }
  return jobs;
}
function extendedJobs({ jobs, uses }, job) {
  const found = /* @__PURE__ */ new Set();
  let level = [job];
  for (let depth = 0; depth < MAX_EXTENDS && level.length > 0; depth++) {
    const next = /* @__PURE__ */ new Set();
    for (const extending of level) {
      const names = valueOf2(extending, "extends");
      for (const item of [names, ...itemsOf(names).toReversed()]) {
        spend(uses.file);
        const parent = jobs.get(textOf2(item) ?? "");
        if (parent !== void 0 && !found.has(parent)) next.add(parent);
      }
    }
    level = [...next];
    for (const parent of level) found.add(parent);
  }
  return [...found];
}
var NAMES2 = /(?:^|\/)(?:[^/]*\.)?\.?gitlab-ci\.ya?ml$/;
var FOLDERS = /(?:^|\/)\.gitlab-ci\/|(?:^|\/)\.gitlab\/ci\//;
var MAYBE_FOLDERS = /(?:^|[/._-])(?:ci|gitlab|gitlab-ci|pipelines?)[/._-]/i;
function matches3(path) {
  if (NAMES2.test(path)) return "yes";
  if (!/\.ya?ml$/.test(path)) return "no";
  if (FOLDERS.test(path)) return "yes";
  return MAYBE_FOLDERS.test(path) ? "maybe" : "no";
}
function mayContain(text) {
  return (/image|services/.test(text) || NAMES_PROGRAM.test(text)) && !/^apiVersion:/m.test(text);
}
var gitlabCi = {
  id: "gitlab-ci",
  title: "GitLab CI",
  files: [".gitlab-ci.yml", "*.gitlab-ci.yml", ".gitlab/ci/**/*.yml", ".gitlab-ci/**/*.yml"],
  places: [
    "`image`, `default.image` and `image` of each job: a text or `name`",
    "`services` of each of them: texts or `name`",
    "`docker run`, `pull` and the other commands of shell scripts in `script`, `before_script`, `after_script` and hooks",
    "`variables` of the pipeline, of the job, of what it extends and of local includes; `parallel: matrix`; `spec: inputs`"
  ],
  matches: matches3,
  mayContain,
  find: find2,
  includes: ({ text }, files) => includedPaths2(text, files)
};

// src/files/yaml-keys.ts
function keyedReference(file, keys, insertsDigest) {
  const { name, nameScalar, tag, digest, traits } = keys;
  const tagText = tag?.text.trim() ?? "";
  const digestText = digest?.text.trim() ?? "";
  const identifiers = (tagText === "" ? "" : `:${tagText}`) + (digestText === "" ? "" : `@${digestText}`);
  const parts = [tag, digestText === "" ? void 0 : digest, nameScalar].filter((scalar) => scalar !== void 0);
  const shown = innerRange(file, parts.find((scalar) => isOwn(keys.map, scalar)) ?? tag ?? nameScalar);
  const reference = name + identifiers;
  spend(file, 1 + Math.floor(reference.length / 256));
  const overlong = overlongReference(reference, shown);
  if (overlong !== void 0) return overlong;
  const pieces = unknownPieces(mapText(reference));
  if (unknownIn(pieces) !== void 0) {
    const found = locateReference(pieces, shown, NO_DECLARATIONS);
    return { ...found, traits: [...found.traits, ...traits] };
  }
  const placement = placementOf(file, keys, insertsDigest);
  const elsewhere = parts.map((scalar) => innerRange(file, scalar).start);
  return withoutBlanks2({ range: shown, shown, prefix: "", reference, elsewhere, placement, traits });
}
function isOwn(map, { start, end }) {
  return start >= map.start && end <= map.end;
}
function innerRange(file, scalar) {
  const { start, end, style, text } = scalar;
  if ((style === "literal" || style === "folded") && text.trim() !== "") return rangeOf(referenceText(file, scalar));
  return placedRange(
    file,
    style === "single" || style === "double" ? { start: start + 1, end: end - 1 } : { start, end }
  );
}
function withoutShared(found) {
  const references = /* @__PURE__ */ new Map();
  for (const one of found) {
    const place = editedAt(one.placement);
    if (place !== void 0) references.set(place, (references.get(place) ?? /* @__PURE__ */ new Set()).add(one.reference));
  }
  return found.map((one) => {
    const place = editedAt(one.placement);
    const isShared = place !== void 0 && (references.get(place)?.size ?? 0) > 1;
    return isShared ? withoutRewrite(one, "other images share what is written there") : one;
  });
}
function editedAt(placement) {
  if (placement.kind === "value") return placement.range.start;
  if (placement.kind === "none") return void 0;
  return placement.digest?.start ?? placement.insertDigest?.at ?? placement.tag?.start;
}
function placementOf(file, { map, nameScalar, tag, digest }, insertsDigest) {
  const parts = [nameScalar, tag, digest].filter((scalar) => scalar !== void 0);
  if (!parts.every((scalar) => isOnOneLine(file.text, scalar) && isInOnePlace(file, scalar))) {
    return { kind: "none", why: "its parts are not written on one line each" };
  }
  if (digest === void 0 && map.entries.some((entry) => keyOf(entry) === "digest")) {
    return { kind: "none", why: "its digest is no text" };
  }
  const hasTag = tag !== void 0 && tag.text !== "";
  const keys = { kind: "keys", ...hasTag ? { tag: quotedRange(file, tag) } : {} };
  if (digest !== void 0 && digest.end === digest.start) {
    return { ...keys, insertDigest: { at: placedRange(file, digest).start, before: " ", after: "" } };
  }
  if (digest !== void 0) return { ...keys, digest: quotedRange(file, digest) };
  const behind = [...hasTag ? [tag] : [], nameScalar].find((scalar) => isOwn(map, scalar));
  if (!insertsDigest || behind === void 0 || file.within !== void 0) return keys;
  if (!/^[ \t]*(?:[,}#\r\n]|$)/.test(file.text.slice(behind.end, behind.end + 256))) return keys;
  return { ...keys, insertDigest: newDigestKey(file.text, map, behind) };
}
function isOnOneLine(text, { style, start, end }) {
  if (style === "literal" || style === "folded" || text.slice(start, end).includes("\n")) return false;
  return style === "plain" || end - start > 1 && text[end - 1] === text[start];
}
function isInOnePlace(file, scalar) {
  const { start, end } = placedRange(file, scalar);
  return end - start === scalar.end - scalar.start;
}
function newDigestKey(text, map, behind) {
  if (map.flow) {
    const quote = text[map.entries[0]?.key.start ?? -1] === '"' ? '"' : "";
    return { at: behind.end, before: `, ${quote}digest${quote}: ${quote}`, after: quote };
  }
  const newline = text.indexOf("\n", behind.end);
  const lineEnd2 = newline < 0 ? text.length : newline;
  const isCrLf = newline > 0 && text[newline - 1] === "\r";
  const eol = isCrLf || newline < 0 && text.includes("\r\n") ? "\r\n" : "\n";
  return { at: isCrLf ? lineEnd2 - 1 : lineEnd2, before: `${eol}${" ".repeat(map.column)}digest: `, after: "" };
}

// src/files/helm-images.ts
var CHART_TAG = { kind: "tag-elsewhere", where: "chart appVersion" };
function helmReferences(file, root, certain) {
  const map = mapOf(root);
  const global = map === void 0 ? void 0 : mapOf(valueOf2(map, "global"));
  const globalRegistry = global === void 0 ? "" : textOf2(valueOf2(global, "imageRegistry"))?.trim() ?? "";
  return withoutShared(valuesBelow({ file, certain, globalRegistry, hasTagAbove: false }, root, ""));
}
function valuesBelow(values, node, key) {
  if (node.kind === "list") return node.items.flatMap((item) => valuesBelow(values, item, key));
  if (node.kind !== "map") return [];
  const below2 = hasKey(node, "tag") && !hasKey(node, "repository") ? { ...values, hasTagAbove: true } : values;
  const inner = node.entries.flatMap((entry) => valuesBelow(below2, entry.value, keyOf(entry)));
  return [...imageMap(values, node, key), ...imageStrings(values, node), ...inner];
}
function imageMap(values, map, key) {
  const isImage = /image$/i.test(key);
  const repository = scalarOf(valueOf2(map, "repository")) ?? (isImage ? scalarOf(valueOf2(map, "name")) : void 0);
  if (repository === void 0 || !isName(repository.text.trim())) return [];
  const version = isImage && !hasKey(map, "tag") ? scalarOrEmpty(valueOf2(map, "version")) : void 0;
  const identified = version !== void 0 || hasKey(map, "tag") || hasKey(map, "digest");
  if (!identified && !(values.certain && (isImage || hasKey(map, "pullPolicy")) && hasKey(map, "repository")))
    return [];
  return partsReference(values, map, repository, version ?? scalarOrEmpty(valueOf2(map, "tag")));
}
function registryPrefix({ globalRegistry }, map) {
  const registry = textOf2(valueOf2(map, "registry") ?? valueOf2(map, "hub"))?.trim() ?? "";
  const used = globalRegistry !== "" && hasKey(map, "registry") ? globalRegistry : registry;
  return used === "" ? "" : `${used.replace(/\/$/, "")}/`;
}
function behindRegistry(values, map, scalar) {
  const prefix = registryPrefix(values, map);
  return wholeReference(values.file, scalar).map((found) => withPrefix(found, prefix));
}
function withPrefix(found, prefix) {
  const { placement } = found;
  return {
    ...found,
    prefix,
    reference: prefix + found.reference,
    placement: placement.kind === "value" ? { ...placement, prefix } : placement
  };
}
function partsReference(values, map, nameScalar, tag) {
  const digest = scalarOrEmpty(valueOf2(map, "digest"));
  const hasTag = tag !== void 0 && scalarOf(tag) !== void 0 && tag.text !== "";
  const { tag: ownTag, digest: ownDigest } = splitIdentifiers(nameScalar.text.trim());
  if (!hasTag && (ownTag ?? ownDigest) !== void 0 && digest === void 0) {
    return behindRegistry(values, map, nameScalar);
  }
  const isComplete = hasTag || (digest?.text ?? "") !== "";
  const found = keyedReference(
    values.file,
    {
      map,
      name: registryPrefix(values, map) + nameScalar.text.trim(),
      nameScalar,
      ...tag === void 0 ? {} : { tag },
      ...digest === void 0 ? {} : { digest },
      traits: [...misreadTraits(hasTag ? tag : void 0, values.file), ...isComplete ? [] : [CHART_TAG]]
    },
    false
  );
  return [withSha(map, found)];
}
function withSha(map, found) {
  const sha = hasKey(map, "digest") ? void 0 : textOf2(valueOf2(map, "sha"))?.trim();
  if (sha === void 0 || !/^[0-9a-f]{64}$/.test(sha)) return found;
  const traits = found.traits.filter(({ kind }) => kind !== "tag-elsewhere");
  const pinned = { ...found, reference: `${found.reference}@sha256:${sha}`, traits };
  return withoutRewrite(pinned, 'its digest stands under "sha"');
}
function hasKey(map, key) {
  return valueOf2(map, key) !== void 0;
}
function imageStrings(values, map) {
  const image = scalarOf(map.entries.findLast((entry) => keyOf(entry) === "image")?.value);
  if (image === void 0 || !isName(image.text.trim()) || misreadTraits(image).length > 0) return [];
  const { tag, digest } = splitIdentifiers(image.text.trim());
  const tagScalar = scalarOrEmpty(valueOf2(map, "tag") ?? valueOf2(map, "imageTag"));
  const isPart = values.certain && (values.hasTagAbove || hasKey(map, "registry") || hasKey(map, "hub"));
  const hasParts = isPart || tagScalar !== void 0 || hasKey(map, "digest");
  if (tag === void 0 && digest === void 0 && hasParts) {
    return partsReference(values, map, image, tagScalar);
  }
  const isReference2 = values.certain || tag !== void 0 || digest !== void 0;
  return isReference2 ? behindRegistry(values, map, image) : [];
}
var OTHER_FILES = /^git@.*\/|\.(?:git|png|jpe?g|gif|svg|webp|ico|iso|img|qcow2|vmdk|tar|gz)$/i;
function isName(text) {
  const written = writtenText2(text);
  return /^[\w[][\w.:@/[\]-]*$/.test(written) && !text.includes("://") && !OTHER_FILES.test(text);
}
function writtenText2(text) {
  return unknownPieces(mapText(text)).map((piece) => piece.unknown === void 0 ? piece.text : "x").join("");
}

// src/files/kubernetes-custom.ts
var SHAPES = {
  "argoproj.io": {
    containers: ["container", "script", "sidecars"],
    chart: { within: "helm", values: "valuesObject", text: "values" },
    kustomize: "kustomize"
  },
  // A StepAction is a step itself.
  "tekton.dev": { containers: ["steps", "sidecars", "stepTemplate", "spec"] },
  "helm.toolkit.fluxcd.io": { containers: [], chart: { within: "spec", values: "values" } },
  "kustomize.toolkit.fluxcd.io": { containers: [], kustomize: "spec" },
  "helm.cattle.io": { containers: [], chart: { within: "spec", text: "valuesContent" } }
};
function customReferences(file, root, read) {
  const group = textOf2(valueOf2(root, "apiVersion"))?.split("/")[0] ?? "";
  const { containers, chart, kustomize: kustomize2 } = (Object.hasOwn(SHAPES, group) ? SHAPES[group] : void 0) ?? {
    containers: []
  };
  const defaults = group === "tekton.dev" ? defaultsOf(root) : /* @__PURE__ */ new Map();
  const found = [];
  const seen = { containers: newOnce(), images: newOnce(), values: newOnce() };
  for (const map of mapsIn(root)) {
    for (const value of containers.map((key) => seen.containers(valueOf2(map, key)))) {
      for (const container of [value, ...itemsOf(value)].map(mapOf)) {
        const parameter = PARAMETER.exec(textOf2(container && valueOf2(container, "image")) ?? "")?.[1] ?? "";
        const standard = defaults.get(parameter);
        found.push(...standard === void 0 ? read(file, container) : wholeReference(file, standard));
      }
    }
    const images = kustomize2 === void 0 ? void 0 : mapOf(valueOf2(map, kustomize2));
    for (const item of images === void 0 ? [] : itemsOf(seen.images(valueOf2(images, "images")))) {
      found.push(...changedImage(file, item));
    }
    const within = chart === void 0 ? void 0 : mapOf(valueOf2(map, chart.within));
    if (chart === void 0 || within === void 0) continue;
    found.push(...valuesReferences(file, within, chart, seen.values));
  }
  return found;
}
function newOnce() {
  const seen = /* @__PURE__ */ new Set();
  return (node) => {
    const target = resolveAlias(node);
    if (target === void 0 || seen.has(target)) return void 0;
    seen.add(target);
    return target;
  };
}
var PARAMETER = /^\$\((?:inputs\.)?params\.([\w.-]+)\)$/;
function defaultsOf(root) {
  const defaults = /* @__PURE__ */ new Map();
  for (const map of mapsIn(root)) {
    const name = textOf2(valueOf2(map, "name"));
    const value = scalarOf(valueOf2(map, "default"));
    if (name !== void 0 && value !== void 0 && value.text.trim() !== "") defaults.set(name, value);
  }
  return defaults;
}
function valuesReferences(file, within, chart, once) {
  const values = chart.values === void 0 ? void 0 : mapOf(once(valueOf2(within, chart.values)));
  const found = values === void 0 ? [] : helmReferences(file, values, false);
  const text = chart.text === void 0 ? void 0 : scalarOf(once(valueOf2(within, chart.text)));
  if (text === void 0 || !/mage|repository/.test(text.text)) return found;
  spend(file, Math.ceil(text.text.length / 2));
  const inner = readYaml(mapScalar(file, text));
  const inText = inner.documents.flatMap((document) => helmReferences(inner, document, false));
  if (text.style === "literal") return [...found, ...inText];
  return [...found, ...inText.map((one) => withoutRewrite(one, "it stands in a text with quotes or folded lines"))];
}
function changedImage(file, item) {
  spend(file);
  const map = mapOf(item);
  if (map === void 0) {
    return readScalar(file, item, (scalar) => {
      const text = referenceText(file, scalar);
      const reference = sliceText(text, text.text.indexOf("=") + 1);
      const { tag: tag2, digest: digest2 } = splitIdentifiers(reference.text);
      return tag2 === void 0 && digest2 === void 0 ? [] : literalReference(reference);
    });
  }
  const nameScalar = scalarOf(valueOf2(map, "newName")) ?? scalarOf(valueOf2(map, "name"));
  const tag = scalarOf(valueOf2(map, "newTag"));
  const digest = scalarOf(valueOf2(map, "digest"));
  if (nameScalar === void 0 || (tag ?? digest) === void 0) return [];
  const parts = { ...tag === void 0 ? {} : { tag }, ...digest === void 0 ? {} : { digest } };
  const keys = { map, name: nameScalar.text.trim(), nameScalar, ...parts, traits: misreadTraits(tag) };
  return [keyedReference(file, keys, true)];
}

// src/files/kubernetes.ts
var CONTAINER_LISTS = ["containers", "initContainers", "ephemeralContainers"];
var DATA_KINDS = /* @__PURE__ */ new Set(["ConfigMap", "Secret", "CustomResourceDefinition"]);
function podReferences(file, node) {
  const found = [];
  for (const map of resourceMaps(node)) {
    const platform = platformOf2(map);
    for (const list of CONTAINER_LISTS) {
      const images = itemsOf(valueOf2(map, list)).flatMap((item) => containerReference(file, mapOf(item)));
      const meant = images.map((one) => forPlatform(one, platform));
      found.push(...list === "ephemeralContainers" ? notKustomized(meant) : meant);
    }
    for (const item of itemsOf(valueOf2(map, "volumes"))) found.push(...volumeReference(file, mapOf(item)));
  }
  return found;
}
function platformOf2(pod) {
  const selector = mapOf(valueOf2(pod, "nodeSelector"));
  const arch = selector === void 0 ? void 0 : textOf2(valueOf2(selector, "kubernetes.io/arch"));
  if (selector === void 0 || arch === void 0) return void 0;
  return `${textOf2(valueOf2(selector, "kubernetes.io/os")) ?? "linux"}/${arch}`;
}
function* resourceMaps(node) {
  const map = mapOf(node);
  if (map !== void 0 && DATA_KINDS.has(textOf2(valueOf2(map, "kind")) ?? "")) return;
  const items = map === void 0 ? [] : itemsOf(valueOf2(map, "items"));
  if (map === void 0 || items.length === 0) yield* mapsIn(node);
  else for (const item of items) yield* resourceMaps(item);
}
function imageReference(file, node) {
  const text = textOf2(node) ?? "";
  return text === "auto" || text.includes("*") ? [] : wholeReference(file, node);
}
function containerReference(file, container) {
  spend(file);
  if (container === void 0 || textOf2(valueOf2(container, "imagePullPolicy")) === "Never") return [];
  return imageReference(file, valueOf2(container, "image"));
}
function volumeReference(file, volume) {
  spend(file);
  const image = volume === void 0 ? void 0 : mapOf(valueOf2(volume, "image"));
  if (image === void 0 || textOf2(valueOf2(image, "pullPolicy")) === "Never") return [];
  return notKustomized(imageReference(file, valueOf2(image, "reference")));
}
function notKustomized(found) {
  return found.map((one) => ({ ...one, traits: [...one.traits, { kind: "not-kustomized" }] }));
}
function find3(file, { imageKeys }) {
  const wanted = ["mage", ...imageKeys];
  const yaml = readYaml(file.text, (part) => isManifest(part) && wanted.some((word) => part.includes(word)));
  const manifests = yaml.documents.flatMap((document) => mapOf(document) ?? []).filter((map) => valueOf2(map, "apiVersion") !== void 0 && valueOf2(map, "kind") !== void 0);
  const found = manifests.flatMap((map) => [
    ...podReferences(yaml, map),
    ...notKustomized(customReferences(yaml, map, containerReference))
  ]);
  const named = notKustomized(namedReferences({ ...yaml, documents: manifests }, imageKeys));
  return sitesOf("kubernetes", file, distinctReferences([...found, ...named]));
}
function isManifest(text) {
  return text.includes("apiVersion") && text.includes("kind");
}
var kubernetes = {
  id: "kubernetes",
  title: "Kubernetes manifests",
  files: ["*.yml", "*.yaml", "*.json"],
  places: [
    "`containers`, `initContainers` and `ephemeralContainers` at any depth, unless `imagePullPolicy` is `Never`",
    "`volumes[].image.reference`",
    "Argo Workflows: `container`, `script`, `sidecars`; Tekton: `steps`, `sidecars`, `stepTemplate`",
    "values of charts as in Helm values: Flux HelmRelease, Argo CD `helm.valuesObject` and `helm.values`, k3s HelmChart",
    "`images` of Kustomize: Argo CD `kustomize.images`, Flux Kustomization `spec.images`",
    "keys, environment variables and arguments that the input `image-keys` names"
  ],
  matches: (path) => /\.(?:ya?ml|json)$/i.test(path) ? "maybe" : "no",
  mayContain: (text) => isManifest(text) && text.includes("mage"),
  find: find3
};

// src/files/helm-values.ts
function find4(file, options) {
  const yaml = readYaml(file.text);
  const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
  const certain = ["Chart.yaml", "Chart.yml"].some((name) => options.sibling(folder + name) !== void 0);
  if (!certain && yaml.documents.some(isManifest2)) return kubernetes.find(file, options);
  const found = yaml.documents.flatMap((document) => helmReferences(yaml, document, certain));
  return sitesOf("helm-values", file, distinctReferences([...found, ...namedReferences(yaml, options.imageKeys)]));
}
function isManifest2(document) {
  const map = mapOf(document);
  return map !== void 0 && valueOf2(map, "apiVersion") !== void 0 && valueOf2(map, "kind") !== void 0;
}
function matches4(path) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/^values.*\.ya?ml$/i.test(name)) return "yes";
  return /[._-]values\.ya?ml$/i.test(name) ? "maybe" : "no";
}
var helmValues = {
  id: "helm-values",
  title: "Helm values",
  files: ["values*.yml", "values*.yaml", "*-values.yml", "*-values.yaml", "*.values.yml", "*.values.yaml"],
  places: [
    "`{registry, repository, tag, digest}` at any depth, with `global.imageRegistry`",
    '`image: "name:tag"` at any depth; `image` beside `tag` or `imageTag`; `image: {name, tag}`; `version` for `tag` below `image`'
  ],
  matches: matches4,
  mayContain: (text) => /mage|repository/.test(text),
  find: find4
};

// src/files/kustomize-base.ts
function addPinned(images, file, found) {
  for (const { reference } of found) {
    const { name, digest } = splitIdentifiers(reference);
    if (digest !== void 0 && !images.has(name)) images.set(name, { file, reference });
  }
}
function imageChanges(root) {
  const images = itemsOf(valueOf2(root, "images")).flatMap((item) => mapOf(item) ?? []);
  const known = new Map([...new Set(images)].map((image) => [image, changeOf(image)]));
  return images.flatMap((image) => known.get(image) ?? []);
}
function changeOf(image) {
  const valueAt = (key) => textOf2(valueOf2(image, key))?.trim() ?? "";
  return { name: valueAt("name"), newName: valueAt("newName"), newTag: valueAt("newTag"), digest: valueAt("digest") };
}
var MAX_FILES = 100;
var RESOURCES = ["resources", "bases", "patchesStrategicMerge"];
function pinnedImages(path, root, sibling) {
  const images = /* @__PURE__ */ new Map();
  accumulate(images, path, root, { sibling, left: MAX_FILES, units: LIMITS.scannedFileBytes });
  return images;
}
function takenBy(path, root, most = Infinity) {
  const pathsOf2 = (nodes) => nodes.slice(0, most).flatMap((node) => {
    const name = textOf2(node);
    return name === void 0 || name.includes("\n") ? [] : joinPath(folderOf(path), name) ?? [];
  });
  const patches = itemsOf(valueOf2(root, "patches")).map((item) => valueOf2(mapOf(item) ?? root, "path"));
  return {
    resources: pathsOf2([...RESOURCES.flatMap((place) => itemsOf(valueOf2(root, place))), ...patches]),
    components: pathsOf2(itemsOf(valueOf2(root, "components")))
  };
}
function accumulate(images, path, root, search2) {
  const { resources, components } = takenBy(path, root, MAX_FILES);
  for (const target of resources) {
    for (const [name, image] of givenBy(target, search2)) if (!images.has(name)) images.set(name, image);
  }
  for (const target of components) kustomizeWith(images, target, search2);
}
function givenBy(target, search2) {
  if (/\.(?:ya?ml|json)$/.test(target)) return manifestImages(target, search2);
  const images = /* @__PURE__ */ new Map();
  kustomizeWith(images, target, search2);
  return images;
}
var OF_MANIFESTS = /* @__PURE__ */ new WeakMap();
function manifestImages(file, search2) {
  if (search2.left-- <= 0) return /* @__PURE__ */ new Map();
  const text = search2.sibling(file) ?? "";
  if (!text.includes("@") || (search2.units -= text.length) < 0) return /* @__PURE__ */ new Map();
  const yaml = siblingYaml(search2.sibling, file);
  const known = yaml === void 0 ? void 0 : OF_MANIFESTS.get(yaml);
  if (yaml === void 0 || known !== void 0) return known ?? /* @__PURE__ */ new Map();
  const images = /* @__PURE__ */ new Map();
  OF_MANIFESTS.set(yaml, images);
  try {
    for (const document of yaml.documents) addPinned(images, file, podReferences(yaml, document));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  return images;
}
var NAMES3 = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
function kustomizeWith(images, folder, search2) {
  for (const name of NAMES3) {
    if (search2.left-- <= 0) return;
    const file = folder === "" ? name : `${folder}/${name}`;
    const root = mapOf(siblingYaml(search2.sibling, file)?.documents[0]);
    if (root === void 0) continue;
    accumulate(images, file, root, search2);
    for (const one of imageChanges(root)) change2(images, one, file);
    return;
  }
}
function change2(images, { name, newName, newTag, digest }, file) {
  const given = images.get(name);
  const changedName = newName === "" ? name : newName;
  images.delete(name);
  if (digest !== "") {
    images.set(changedName, { file, reference: `${changedName}${newTag === "" ? "" : `:${newTag}`}@${digest}` });
  } else if (newTag === "" && given !== void 0) {
    images.set(changedName, { ...given, reference: changedName + given.reference.slice(name.length) });
  }
}

// src/files/kustomize.ts
function find5(file, { imageKeys, sibling }) {
  const yaml = readYaml(file.text);
  const found = [];
  for (const root of yaml.documents.map(mapOf).filter((map) => map !== void 0)) {
    const images = itemsOf(valueOf2(root, "images")).flatMap((item) => mapOf(item) ?? []);
    const patched = patchReferences(yaml, root);
    const pinned = images.some(dropsDigests) ? pinnedImages(file.path, root, sibling) : /* @__PURE__ */ new Map();
    addPinned(pinned, file.path, patched);
    found.push(...withoutShared(images.flatMap((image) => imageReference2(yaml, image, pinned))));
    found.push(...patched);
    for (const chart of itemsOf(valueOf2(root, "helmCharts"))) found.push(...chartReferences(yaml, mapOf(chart)));
  }
  return sitesOf("kustomize", file, distinctReferences([...found, ...notKustomized(namedReferences(yaml, imageKeys))]));
}
function chartReferences(file, chart) {
  const values = chart === void 0 ? void 0 : valueOf2(chart, "valuesInline");
  return values === void 0 ? [] : helmReferences(file, values, true);
}
function dropsDigests(image) {
  const { newTag, digest } = changeOf(image);
  return newTag !== "" && digest === "";
}
function imageReference2(file, image, pinned) {
  spend(file);
  const name = scalarOf(valueOf2(image, "name"));
  const newName = scalarOf(valueOf2(image, "newName"));
  const misnamed = [name, newName].filter((scalar) => scalar !== void 0 && hasIdentifiers(scalar.text.trim()));
  if (misnamed.length > 0) return misnamed.flatMap((scalar) => misnamedReference(file, scalar));
  const nameScalar = newName ?? name;
  if (nameScalar === void 0) return [];
  const written = scalarOf(valueOf2(image, "newTag"));
  const tag = written?.text === "" ? void 0 : written;
  const digest = scalarOrEmpty(valueOf2(image, "digest"));
  if (newName === void 0 && tag === void 0 && (digest?.text ?? "") === "") return [];
  const keys = {
    map: image,
    name: nameScalar.text.trim(),
    nameScalar,
    ...tag === void 0 ? {} : { tag },
    ...digest === void 0 ? {} : { digest },
    traits: [...misreadTraits(tag), ...manifestTraits(image, pinned)]
  };
  return [keyedReference(file, keys, true)];
}
function manifestTraits(image, pinned) {
  const { name, newTag, digest } = changeOf(image);
  if (digest !== "") return [];
  if (newTag === "") return [{ kind: "tag-elsewhere", where: "the manifest" }];
  const dropped = pinned.get(name);
  return dropped === void 0 ? [] : [{ kind: "drops-digest", ...dropped }];
}
function hasIdentifiers(name) {
  const { tag, digest } = splitIdentifiers(name);
  return tag !== void 0 || digest !== void 0;
}
function misnamedReference(file, name) {
  const why = "the name holds a tag or a digest, which belongs into newTag or digest";
  return wholeReference(file, name).map(({ range, shown, reference }) => ({
    range,
    shown,
    prefix: "",
    reference,
    placement: { kind: "none", why },
    traits: [{ kind: "tag-in-name" }]
  }));
}
function patchReferences(file, root) {
  const inline = ["patches", "patchesJson6902"].flatMap(
    (key) => itemsOf(valueOf2(root, key)).map((item) => scalarOf(valueOf2(mapOf(item) ?? root, "patch")))
  );
  const merges = itemsOf(valueOf2(root, "patchesStrategicMerge")).map((item) => scalarOf(item));
  const found = [];
  for (const scalar of [...inline, ...merges]) {
    if (scalar === void 0 || !scalar.text.includes("mage")) continue;
    spend(file, Math.ceil(scalar.text.length / 2));
    const patch = readYaml(mapScalar(file, scalar));
    for (const document of patch.documents) {
      found.push(...podReferences(patch, document));
      for (const operation of itemsOf(document)) found.push(...operationReferences(patch, mapOf(operation)));
    }
  }
  return found;
}
var CONTAINERS = /\/(?:containers|initContainers|ephemeralContainers)(?:\/[^/]+(\/image)?)?$/;
var VOLUMES = /\/volumes(?:\/[^/]+(\/image\/reference)?)?$/;
function operationReferences(patch, operation) {
  if (operation === void 0 || textOf2(valueOf2(operation, "op")) === "test") return [];
  const path = textOf2(valueOf2(operation, "path")) ?? "";
  const value = valueOf2(operation, "value");
  const places = [
    { match: CONTAINERS.exec(path), read: containerReference },
    { match: VOLUMES.exec(path), read: volumeReference }
  ];
  return places.flatMap(({ match, read }) => {
    if (match === null) return [];
    if (match[1] !== void 0) return wholeReference(patch, value);
    return [value, ...itemsOf(value)].flatMap((item) => read(patch, mapOf(item)));
  });
}
var kustomize = {
  id: "kustomize",
  title: "Kustomize",
  files: ["kustomization.yml", "kustomization.yaml", "Kustomization"],
  places: [
    "`images[]`: `name`, `newName`, `newTag`, `digest`",
    "patches that are written in the file",
    "`helmCharts[].valuesInline`"
  ],
  matches: (path) => /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path) ? "yes" : "no",
  mayContain: (text) => text.includes("mage"),
  find: find5
};

// src/files/make-lines.ts
function readMakefile(source) {
  const reader = {
    source,
    at: 0,
    prefix: "	",
    inRule: false,
    depth: 0,
    assignments: [],
    recipes: [],
    others: []
  };
  const isOneShell = /^\.ONESHELL\s*:/m.test(source.text);
  let script = [];
  const end = () => {
    if (script.length > 0) reader.recipes.push(recipeOf(joinRanges(source, script)));
    script = [];
  };
  while (reader.at < source.text.length) {
    const isRecipe = reader.inRule && source.text[reader.at] === reader.prefix;
    const line = takeLine(reader);
    if (!isRecipe || !isOneShell) end();
    if (isRecipe) script.push({ start: line.start + 1, end: Math.min(line.end + 1, source.text.length) });
    else readLine(reader, logicalLine(source, line));
  }
  end();
  return reader;
}
function takeLine(reader) {
  const { text } = reader.source;
  const start = reader.at;
  for (; ; ) {
    const newline = text.indexOf("\n", reader.at);
    const end = newline < 0 ? text.length : newline;
    reader.at = end + 1;
    let slashes = 0;
    while (end - slashes > start && text[end - slashes - 1] === "\\") slashes++;
    if (slashes % 2 === 0 || newline < 0) return { start, end };
  }
}
function logicalLine(source, { start, end }) {
  const line = sliceText(source, start, end);
  const { text } = line;
  const pieces = [];
  let from = 0;
  for (let at = text.indexOf("\\\n"); at >= 0; at = text.indexOf("\\\n", from)) {
    pieces.push(...piecesOf(sliceText(line, from, at)), { text: " ", start: placeOf(line, at) });
    from = at + 2;
    while (text[from] === " " || text[from] === "	") from++;
  }
  return joinPieces([...pieces, ...piecesOf(sliceText(line, from))]);
}
function recipeOf(line) {
  let from = 0;
  while (" 	@+-".includes(line.text[from] ?? "x")) from++;
  return sliceText(line, from);
}
function referenceEnd(text, at) {
  const open = text[at + 1] ?? "";
  const close = open === "(" ? ")" : "}";
  let depth = 0;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === open) depth++;
    else if (text[end] === close && --depth === 0) return end;
  }
  return text.length;
}
function behindReference(text, at) {
  return text[at + 1] === "(" || text[at + 1] === "{" ? referenceEnd(text, at) + 1 : at + 2;
}
function readLine(reader, line) {
  const source = withoutComment(line);
  const text = source.text.trim();
  const [word = ""] = /^\S*/.exec(text) ?? [];
  if (text === "") return;
  if (/^(?:ifeq|ifneq|ifdef|ifndef)$/.test(word)) reader.depth++;
  else if (word === "endif") reader.depth = Math.max(0, reader.depth - 1);
  else if (word === "define" || /^(?:override|export)\s+define\s/.test(text)) readDefine(reader, text);
  else if (word === "undefine") addUnknown(reader, text.slice(word.length).trim());
  else if (!/^(?:else|-?include|sinclude|vpath|unexport)$/.test(word)) return readStatement(reader, source);
  reader.others.push(source);
}
function withoutComment(line) {
  const { text } = line;
  if (!text.includes("#")) return line;
  for (let at = 0; at < text.length; ) {
    if (text[at] === "$") at = behindReference(text, at);
    else if (text[at] === "#") return sliceText(line, 0, at);
    else at += text[at] === "\\" ? 2 : 1;
  }
  return line;
}
function readDefine(reader, head) {
  const [, name = "", operator = "="] = /define\s+(\S+)\s*(\S*)/.exec(head) ?? [];
  const { source } = reader;
  const ranges = [];
  let isContinued = false;
  for (let depth = 1; reader.at < source.text.length; ) {
    const start = reader.at;
    const newline = source.text.indexOf("\n", start);
    const end = newline < 0 ? source.text.length : newline;
    reader.at = end + 1;
    const line = source.text.slice(start, end);
    if (/^\s*endef(?:\s|$)/.test(line)) depth--;
    else if (/^\s*define\s/.test(line)) depth++;
    if (depth === 0) break;
    const skipped2 = isContinued ? 0 : /^[ \t@+-]*/.exec(line)?.[0].length ?? 0;
    ranges.push({ start: start + skipped2, end: Math.min(end + 1, source.text.length) });
    isContinued = line.endsWith("\\");
  }
  const value = joinRanges(source, ranges);
  reader.assignments.push({ name, value, operator: operator === "" ? "=" : operator, isConditional: reader.depth > 0 });
}
function addUnknown(reader, name) {
  reader.assignments.push({ name, value: mapText(""), operator: "!=", isConditional: true });
}
var MODIFIERS = /^(?:(?:export|override|private)\s+)*/;
function readStatement(reader, source) {
  const trimmed = trimText(source);
  const modifiers = MODIFIERS.exec(trimmed.text)?.[0] ?? "";
  const rest = sliceText(trimmed, modifiers.length);
  const operator = findOperator(rest.text);
  if (operator === void 0 || operator.text === ":") {
    if (operator !== void 0 && modifiers === "") readRule(reader, rest, operator.at);
    reader.others.push(source);
    return;
  }
  reader.inRule = false;
  assign(reader, rest, operator, reader.depth > 0);
}
function findOperator(text) {
  for (let at = 0; at < text.length; ) {
    if (text[at] === "$") {
      at = behindReference(text, at);
      continue;
    }
    const [operator] = /^(?::{1,3}=|[?+!]=|=|:)/.exec(text.slice(at, at + 4)) ?? [];
    if (operator !== void 0) return { at, text: operator };
    at++;
  }
  return void 0;
}
function assign(reader, source, { at, text: operator }, isConditional) {
  const name = source.text.slice(0, at).trim();
  const value = trimText(source, at + operator.length);
  if (name === "" || /\s/.test(name)) return;
  if (name === ".RECIPEPREFIX") reader.prefix = value.text[0] ?? "	";
  reader.assignments.push({ name, value, operator, isConditional });
}
function readRule(reader, source, colon) {
  const behind = trimText(source, source.text[colon + 1] === ":" ? colon + 2 : colon + 1);
  const modifiers = MODIFIERS.exec(behind.text)?.[0] ?? "";
  const rest = sliceText(behind, modifiers.length);
  const operator = findOperator(rest.text);
  reader.inRule = true;
  const semicolon = behind.text.indexOf(";");
  if (operator !== void 0 && operator.text !== ":" && !/\s/.test(rest.text.slice(0, operator.at).trim())) {
    assign(reader, rest, operator, true);
  } else if (semicolon >= 0) reader.recipes.push(recipeOf(sliceText(behind, semicolon + 1)));
}

// src/files/make-variables.ts
var KNOWN2 = "make__";
var UNKNOWN2 = "unknown__";
var MAX_DEPTH8 = 16;
function makeVariables(file, budget) {
  const known = knownOf(file);
  const declared = [];
  const values = /* @__PURE__ */ new Map();
  const lookUp = (name, user, depth) => {
    const one = known.get(name);
    if (one === void 0 || depth > MAX_DEPTH8 || user !== void 0 && !isVisible(one, user)) return void 0;
    if (values.has(name)) return values.get(name);
    values.set(name, void 0);
    const id = declared.length;
    declared.push({ name, range: rangeOf(one.value), value: "" });
    const state = { known, budget, scripts: [], open: /* @__PURE__ */ new Set([name]) };
    const variables = {
      valueOf: (inner) => inner.startsWith(KNOWN2) ? lookUp(inner.slice(KNOWN2.length), one, depth + 1) : void 0,
      absence
    };
    const expanded = expandWord(convert(state, one.value, 0), "\\", variables, budget, id);
    if (budget.units < 0) throw tooMuch2();
    if (expanded.failure !== void 0) return void 0;
    declared[id] = { name, range: rangeOf(one.value), value: textOf(expanded.pieces) };
    const value = { pieces: expanded.pieces, consulted: NONE_CONSULTED };
    values.set(name, value);
    return value;
  };
  return {
    declared,
    valueOf: (name) => (name.startsWith(KNOWN2) ? lookUp(name.slice(KNOWN2.length), void 0, 0) : void 0) ?? ANYTHING,
    absence,
    convert: (source) => {
      const state = { known, budget, scripts: [], open: /* @__PURE__ */ new Set() };
      return { text: convert(state, source, 0), scripts: state.scripts };
    }
  };
}
var absence = () => ({ why: "", filled: true });
function isVisible(one, user) {
  return !user.operator.startsWith(":") || one.index < user.index;
}
function knownOf({ assignments, others, recipes }) {
  const known = /* @__PURE__ */ new Map();
  const unknown4 = /* @__PURE__ */ new Set();
  for (const text of [...others, ...recipes, ...assignments.map(({ value }) => value)]) {
    if (!text.text.includes("eval")) continue;
    for (const [, name = ""] of text.text.matchAll(/[({]eval\s+(?:export\s+|override\s+)?([\w.-]+)/g))
      unknown4.add(name);
  }
  for (const [index, one] of assignments.entries()) {
    const isText = /^(?::{0,3}|\?)=$/.test(one.operator) && !one.isConditional && one.value.text.trim() !== "";
    if (!isText || known.has(one.name)) unknown4.add(one.name);
    else known.set(one.name, { ...one, index });
  }
  for (const name of unknown4) known.delete(name);
  return known;
}
function convert(state, source, depth) {
  const { text } = source;
  if (!text.includes("$")) return source;
  const pieces = [];
  const add = (more) => {
    for (const piece of more) pieces.push(piece);
  };
  let run = 0;
  for (let at = text.indexOf("$"); at >= 0; at = text.indexOf("$", run)) {
    add(piecesOf(sliceText(source, run, at)));
    const open = text[at + 1] ?? "";
    const isOpen = open === "(" || open === "{";
    run = Math.min(text.length, isOpen ? referenceEnd(text, at) + 1 : at + 2);
    if (open === "$") add(piecesOf(sliceText(source, at + 1, run)));
    else {
      const inner = isOpen ? sliceText(source, at + 2, run - 1) : sliceText(source, at + 1, run);
      add(convertReference(state, inner, { start: placeOf(source, at), end: placeOf(source, run - 1) }, depth));
    }
  }
  add(piecesOf(sliceText(source, run)));
  return joinPieces(pieces);
}
function convertReference(state, inner, place, depth) {
  const { text } = inner;
  const shell = /^shell\s/.test(text);
  if (shell && depth <= MAX_DEPTH8) state.scripts.push(convert(state, sliceText(inner, "shell".length), depth + 1));
  const [, call] = /^call\s+([\w.-]+)/.exec(text) ?? [];
  const name = call ?? text;
  const known = state.known.get(name);
  if (known !== void 0 && depth <= MAX_DEPTH8 && !state.open.has(name) && isPutIn(known.value.text)) {
    state.budget.units -= known.value.text.length + 1;
    if (state.budget.units < 0) throw tooMuch2();
    state.open.add(name);
    const value = convert(state, known.value, depth + 1);
    state.open.delete(name);
    return piecesOf(value);
  }
  const isPlain = known !== void 0 && call === void 0 && /^\w+$/.test(name);
  const written = isPlain ? KNOWN2 + name : UNKNOWN2 + text.slice(0, 64).replaceAll(/\W/g, "_");
  return [
    { text: `\${${written}`, start: place.start },
    { text: "}", start: place.end }
  ];
}
function isPutIn(value) {
  return /\s/.test(value) || isProgram(value);
}

// src/files/shell-script.ts
function withoutReturns(text) {
  return mapText(text.replaceAll("\\\r\n", " \\\n").replaceAll("\r\n", "\n\n"));
}
var VARIABLE = /\$(?:\{[#!]?)?([A-Za-z_]\w*)/g;
function find6(file) {
  const source = withoutReturns(file.text);
  const budget = newBudget();
  const variables = shellVariables(source, budget);
  const reading = new ScriptReading(variables, budget);
  visitCommands(source, ({ words }) => reading.add(variables.split(words)));
  const uses = new ScriptUses(file.text, VARIABLE, variables.declared);
  return sitesOf("shell", file, reading.found(uses));
}
var shellScript = {
  id: "shell",
  title: "Shell script",
  files: ["*.sh", "*.bash", "*.ksh", "*.zsh"],
  places: [
    "`docker run`, `create`, `pull` and `build --build-context`, of podman, nerdctl and buildah as well",
    "`kubectl run`, `create` and `debug` with `--image`",
    "variables that the script sets once, to a text, and `${NAME:-default}`"
  ],
  // Most scripts have nothing to do with images: they are no files that a report has to tell about.
  matches: (path) => /\.(?:ba|k|z)?sh$/i.test(path) ? "maybe" : "no",
  mayContain: (text) => NAMES_PROGRAM.test(text),
  find: find6
};

// src/files/makefile.ts
var VARIABLE2 = /\$[({]([\w.-]+)|\$(\w)/g;
function find7(file) {
  const makefile2 = readMakefile(withoutReturns(file.text));
  const budget = newBudget();
  const variables = makeVariables(makefile2, budget);
  const reading = new ScriptReading(variables, budget);
  const read = (source, isRecipe) => {
    const { text, scripts } = variables.convert(source);
    for (const script of isRecipe ? [...scripts, withoutSilencer(text)] : scripts) {
      for (const command of readCommands(script)) reading.add(command);
    }
  };
  for (const { value } of makefile2.assignments) if (value.text.includes("shell")) read(value, false);
  for (const line of makefile2.others) if (line.text.includes("shell")) read(line, false);
  for (const recipe of makefile2.recipes) read(recipe, true);
  return sitesOf("make", file, reading.found(new ScriptUses(file.text, VARIABLE2, variables.declared)));
}
function withoutSilencer(script) {
  const silencer = /^\$\{\w{1,64}\}(?=docker|podman|nerdctl|buildah|kubectl|\$\{)/.exec(script.text.slice(0, 128));
  return silencer === null ? script : sliceText(script, silencer[0].length);
}
var OTHERS = /\.(?:js|lock|md|pl|py|rb|rs|rst|sh|toml|ts|txt|ya?ml|json)$/i;
var makefile = {
  id: "make",
  title: "Makefile",
  files: ["Makefile", "makefile", "GNUmakefile", "Makefile.*", "*.mk"],
  places: [
    "what shell scripts are read for, in recipes, canned recipes and `$(shell …)`",
    "variables that the Makefile sets once, to a text"
  ],
  matches: (path) => /(?:^|\/)(?:gnu)?makefile(?:\.[^/]*)?$|\.mk$/i.test(path) && !OTHERS.test(path) ? "maybe" : "no",
  mayContain: (text) => NAMES_PROGRAM.test(text),
  find: find7
};

// src/files/pre-commit.ts
function find8(file, { imageKeys }) {
  const yaml = readYaml(file.text);
  const found = [];
  for (const document of yaml.documents) {
    const root = mapOf(document);
    const repositories = root === void 0 ? [] : itemsOf(valueOf2(root, "repos")).map(mapOf);
    const lists = repositories.map((map) => map === void 0 ? void 0 : valueOf2(map, "hooks"));
    for (const list of [...lists, document]) {
      for (const hook of itemsOf(list)) found.push(...hookReference(yaml, mapOf(hook)));
    }
  }
  return sitesOf("pre-commit", file, distinctReferences([...found, ...namedReferences(yaml, imageKeys)]));
}
function hookReference(file, hook) {
  spend(file);
  if (hook === void 0 || textOf2(valueOf2(hook, "language")) !== "docker_image") return [];
  const entry = scalarOf(valueOf2(hook, "entry"));
  spend(file, 4 + Math.ceil((entry?.text.length ?? 0) / 2));
  const words = entry === void 0 ? [] : readCommands(referenceText(file, entry)).flat();
  const image = imageArgument(words, RUN_OPTIONS);
  if (entry === void 0 || image === void 0 || image.dynamic) return [];
  return literalReference(image.text, misreadTraits(entry));
}
var preCommit = {
  id: "pre-commit",
  title: "pre-commit",
  files: [".pre-commit-config.yaml", ".pre-commit-hooks.yaml"],
  places: ["the image in `entry` of hooks whose `language` is `docker_image`"],
  matches: (path) => /(?:^|\/)\.pre-commit-(?:config|hooks)\.ya?ml$/.test(path) ? "yes" : "no",
  mayContain: (text) => text.includes("docker_image"),
  find: find8
};

// src/files/index.ts
var FORMATS = [
  dockerfile,
  compose,
  kustomize,
  helmValues,
  githubWorkflow,
  githubAction,
  gitlabCi,
  preCommit,
  bake,
  devcontainer,
  shellScript,
  makefile,
  kubernetes
];
var KNOWN3 = /\.(?:ya?ml|json|hcl|(?:ba|k|z)?sh|mk)$|makefile|dockerfile|containerfile|kustomization$/i;
function formatsFor(path) {
  if (!KNOWN3.test(path)) return NO_FORMATS;
  const maybe = [];
  for (const format of FORMATS) {
    const answer = format.matches(path);
    if (answer === "yes") return { formats: [format], isCertain: true };
    if (answer === "maybe") maybe.push(format);
  }
  return { formats: maybe, isCertain: false };
}
var NO_FORMATS = { formats: [], isCertain: false };

// src/ports/workspace.ts
import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
var NEVER_ENTERED = /* @__PURE__ */ new Set([".git", "node_modules"]);
var MAX_ENTRIES = 1e6;
function createWorkspace(root, limits = LIMITS) {
  const folders = /* @__PURE__ */ new Map();
  const reader = new Reader(limits.scannedFileBytes);
  return {
    root,
    walk: (isWanted, signal) => walk(root, isWanted, limits, signal),
    read(path) {
      const components = path.split("/");
      if (components.length > limits.depth) return { ...skipped(tooDeep(limits)), isFile: true };
      const refusal = refusalOfPath(components) ?? refusalOfFolders(root, path, folders);
      const read = refusal === void 0 ? reader.read(join(root, path)) : refusal;
      return read.kind === "skipped" && path.includes("�") ? NO_NAME : read;
    }
  };
}
function skipped(reason) {
  return { kind: "skipped", reason };
}
var NO_NAME = { kind: "skipped", reason: "its name is not valid UTF-8", isFile: true };
function refusalOfPath(components) {
  const leaves = components.some((component) => component === "" || component === "." || component === "..");
  return leaves ? skipped("its path leaves the workspace") : void 0;
}
function tooDeep({ depth }) {
  return `it lies deeper than ${depth} folders`;
}
function refusalOfFolders(root, path, known) {
  const slash = path.lastIndexOf("/");
  if (slash < 0) return void 0;
  const folder = path.slice(0, slash);
  if (!known.has(folder)) {
    known.set(folder, refusalOfFolders(root, folder, known) ?? refusalOfFolder(join(root, folder)));
  }
  return known.get(folder);
}
function refusalOfFolder(path) {
  const stats = lstat(path);
  if ("kind" in stats) return stats;
  if (stats.isSymbolicLink()) return skipped("a folder of its path is a symbolic link");
  return stats.isDirectory() ? void 0 : skipped("a folder of its path is not a folder");
}
function lstat(path) {
  try {
    return lstatSync(path);
  } catch (error) {
    return whyNot(error);
  }
}
function whyNot(error) {
  const code = codeOf(error);
  if (code === "ENOENT" || code === "ENOTDIR") return skipped("it is not in the checkout");
  if (code === "ENXIO") return skipped(NOT_REGULAR);
  const reason = code === "EACCES" || code === "EPERM" ? "it may not be read" : `it cannot be read (${code})`;
  return { ...skipped(reason), isFile: true };
}
function codeOf(error) {
  return Error.isError(error) && "code" in error ? String(error.code) : "unknown error";
}
var FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
var OPENS_LINKS = constants.O_NOFOLLOW === void 0;
var Reader = class {
  #limit;
  #memory;
  constructor(limit) {
    this.#limit = limit;
  }
  read(path) {
    if (OPENS_LINKS) {
      const stats = lstat(path);
      if ("kind" in stats) return stats;
      if (stats.isSymbolicLink()) return skipped(IS_LINK);
    }
    let descriptor;
    try {
      descriptor = openSync(path, FLAGS);
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return skipped(NOT_REGULAR);
      return stats.size > this.#limit ? this.#tooLarge(stats.size) : this.#decode(descriptor, stats.size);
    } catch (error) {
      return codeOf(error) === "ELOOP" ? skipped(IS_LINK) : whyNot(error);
    } finally {
      if (descriptor !== void 0) closeSync(descriptor);
    }
  }
  #tooLarge(size) {
    return { ...skipped(`it has ${size} bytes, at most ${this.#limit} are read`), isFile: true };
  }
  /** A file that grows while it is read is cut at its size of before. */
  #decode(descriptor, size) {
    this.#memory ??= Buffer.allocUnsafeSlow(this.#limit);
    let done = 0;
    while (done < size) {
      const count2 = readSync(descriptor, this.#memory, done, size - done, null);
      if (count2 === 0) break;
      done += count2;
    }
    return decode(this.#memory.subarray(0, done));
  }
};
var IS_LINK = "it is a symbolic link";
var NOT_REGULAR = "it is not a regular file";
function decode(bytes) {
  if (!isUtf8(bytes)) return { ...skipped("it is not valid UTF-8"), isFile: true };
  const hasByteOrderMark = bytes[0] === 239 && bytes[1] === 187 && bytes[2] === 191;
  const text = bytes.toString("utf8", hasByteOrderMark ? 3 : 0);
  return { kind: "text", text, hasByteOrderMark };
}
async function walk(root, isWanted, limits, signal) {
  const files = [];
  const left = [];
  const folders = [""];
  let seen = 0;
  const cut = () => ({ files: files.slice(0, limits.scannedFiles), truncated: true, skipped: left });
  for (let folder = folders.pop(); folder !== void 0; folder = folders.pop()) {
    const entries = await entriesOf4(join(root, folder));
    if ("kind" in entries) {
      left.push({
        file: folder === "" ? "." : folder,
        reason: entries.reason,
        ...entries.isFile === true ? { unjudged: "more" } : {}
      });
      continue;
    }
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      seen += 1;
      if (!entry.isDirectory()) {
        if (isWanted(path)) files.push(path);
      } else if (path.split("/").length >= limits.depth) {
        left.push({ file: path, reason: tooDeep(limits), unjudged: "more" });
      } else if (!NEVER_ENTERED.has(entry.name)) folders.push(path);
      else if (entry.name !== ".git") left.push({ file: path, reason: `it is vendored (${entry.name}/)` });
      if (files.length > limits.scannedFiles || seen > MAX_ENTRIES) return cut();
    }
    if (signal?.aborted === true) return cut();
  }
  return { files: files.toSorted(), truncated: false, skipped: left };
}
async function entriesOf4(folder) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    return whyNot(error);
  }
}

// src/actions/check/find-sites.ts
var NO_TIME = "the step ended before it was judged";
function worthTrying(formats, text, imageKeys) {
  return formats.filter(
    (format) => format.mayContain(text) || imageKeys.some((key) => text.includes(key.replace(/^--/, "")))
  );
}
function search(file, around) {
  try {
    const formats = file.formats.flatMap((name) => FORMATS.find(({ id }) => id === name) ?? []);
    if (file.wants === "includes") {
      const includes2 = formats.flatMap((format) => format.includes?.(file, around.files) ?? []);
      return { kind: "found", sites: [], includes: includes2 };
    }
    const sites = firstSites(file, formats, around);
    return sites.length > LIMITS.references ? { kind: "refused", reason: tooMany(sites.length) } : { kind: "found", sites, includes: [] };
  } catch (error) {
    if (error instanceof UserError) return { kind: "refused", reason: error.message };
    return { kind: "bug", error: Error.isError(error) ? error : new Error(String(error)) };
  }
}
function firstSites({ path, text, imageKeys, includedBy }, formats, around) {
  for (const format of formats) {
    const options = { imageKeys, ...around, ...includedBy === void 0 ? {} : { includedBy } };
    const sites = format.find({ path, text }, options);
    if (sites.length > 0) return sites;
  }
  return [];
}
function tooMany(count2) {
  return `it has ${count2.toLocaleString("en")} references, at most ${LIMITS.references.toLocaleString("en")} are judged`;
}

// src/actions/check/siblings.ts
var KEPT_CHARACTERS = 4 * 1024 * 1024;
function siblingsIn(workspace) {
  const known = /* @__PURE__ */ new Map();
  let room = KEPT_CHARACTERS;
  return (path) => {
    if (known.has(path)) return known.get(path);
    const source = workspace.read(path);
    const text = source.kind === "text" ? source.text : void 0;
    room -= path.length + (text?.length ?? 0);
    if (room >= 0) known.set(path, text);
    return text;
  };
}

export {
  readableYaml,
  folderOf,
  mapOf,
  applyEdits,
  pinSite,
  splitIdentifiers,
  indexLines,
  positionAt,
  upperBound,
  variableEnd,
  helmNumber,
  imageChanges,
  takenBy,
  kustomize,
  FORMATS,
  formatsFor,
  createWorkspace,
  NO_TIME,
  worthTrying,
  search,
  siblingsIn
};
