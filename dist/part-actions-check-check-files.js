import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  writableFolders
} from "./part-inputs-check.js";
import {
  cell,
  codeSpan,
  details,
  heading,
  prose,
  table
} from "./part-report-markdown.js";
import {
  Cancelled
} from "./part-inputs-registry.js";
import {
  writeWorkspaceFile
} from "./part-ports-files.js";
import {
  readPatch
} from "./part-rules-diff.js";
import {
  VERSION
} from "./part-actions-version.js";
import {
  canonicalRegistry,
  digestOf,
  familiarNameOf,
  formatReference,
  hexOf,
  isTag,
  nameOf,
  parseDigest,
  parseReference,
  readDigest,
  withDefaultTag
} from "./part-core-reference-problem.js";
import {
  annotate,
  clipped,
  environment,
  group,
  line,
  printable,
  quoted,
  reportBug,
  setOutputs,
  warnOnce,
  withoutSecrets,
  wordsOf,
  writeSummary
} from "./part-actions-core.js";
import "./part-ports-paths.js";
import {
  LIMITS
} from "./part-core-limits.js";
import "./part-ports-transport-error.js";
import {
  UserError,
  parseJson
} from "./part-core-json.js";
import {
  __commonJS,
  __toESM
} from "./part-shared.js";

// node_modules/yaml/dist/nodes/identity.js
var require_identity = __commonJS({
  "node_modules/yaml/dist/nodes/identity.js"(exports) {
    "use strict";
    var ALIAS = /* @__PURE__ */ Symbol.for("yaml.alias");
    var DOC = /* @__PURE__ */ Symbol.for("yaml.document");
    var MAP = /* @__PURE__ */ Symbol.for("yaml.map");
    var PAIR = /* @__PURE__ */ Symbol.for("yaml.pair");
    var SCALAR2 = /* @__PURE__ */ Symbol.for("yaml.scalar");
    var SEQ = /* @__PURE__ */ Symbol.for("yaml.seq");
    var NODE_TYPE = /* @__PURE__ */ Symbol.for("yaml.node.type");
    var isAlias = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === ALIAS;
    var isDocument = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === DOC;
    var isMap = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === MAP;
    var isPair = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === PAIR;
    var isScalar = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SCALAR2;
    var isSeq = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SEQ;
    function isCollection(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case MAP:
          case SEQ:
            return true;
        }
      return false;
    }
    function isNode(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case ALIAS:
          case MAP:
          case SCALAR2:
          case SEQ:
            return true;
        }
      return false;
    }
    var hasAnchor = (node) => (isScalar(node) || isCollection(node)) && !!node.anchor;
    exports.ALIAS = ALIAS;
    exports.DOC = DOC;
    exports.MAP = MAP;
    exports.NODE_TYPE = NODE_TYPE;
    exports.PAIR = PAIR;
    exports.SCALAR = SCALAR2;
    exports.SEQ = SEQ;
    exports.hasAnchor = hasAnchor;
    exports.isAlias = isAlias;
    exports.isCollection = isCollection;
    exports.isDocument = isDocument;
    exports.isMap = isMap;
    exports.isNode = isNode;
    exports.isPair = isPair;
    exports.isScalar = isScalar;
    exports.isSeq = isSeq;
  }
});

// node_modules/yaml/dist/doc/applyReviver.js
var require_applyReviver = __commonJS({
  "node_modules/yaml/dist/doc/applyReviver.js"(exports) {
    "use strict";
    function applyReviver(reviver, obj, key, val) {
      if (val && typeof val === "object") {
        if (Array.isArray(val)) {
          for (let i = 0, len = val.length; i < len; ++i) {
            const v0 = val[i];
            const v1 = applyReviver(reviver, val, String(i), v0);
            if (v1 === void 0)
              delete val[i];
            else if (v1 !== v0)
              val[i] = v1;
          }
        } else if (val instanceof Map) {
          for (const k of Array.from(val.keys())) {
            const v0 = val.get(k);
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              val.delete(k);
            else if (v1 !== v0)
              val.set(k, v1);
          }
        } else if (val instanceof Set) {
          for (const v0 of Array.from(val)) {
            const v1 = applyReviver(reviver, val, v0, v0);
            if (v1 === void 0)
              val.delete(v0);
            else if (v1 !== v0) {
              val.delete(v0);
              val.add(v1);
            }
          }
        } else {
          for (const [k, v0] of Object.entries(val)) {
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              delete val[k];
            else if (v1 !== v0)
              val[k] = v1;
          }
        }
      }
      return reviver.call(obj, key, val);
    }
    exports.applyReviver = applyReviver;
  }
});

// node_modules/yaml/dist/nodes/toJS.js
var require_toJS = __commonJS({
  "node_modules/yaml/dist/nodes/toJS.js"(exports) {
    "use strict";
    var identity = require_identity();
    function toJS(value, arg, ctx) {
      if (Array.isArray(value))
        return value.map((v, i) => toJS(v, String(i), ctx));
      if (value && typeof value.toJSON === "function") {
        if (!ctx || !identity.hasAnchor(value))
          return value.toJSON(arg, ctx);
        const data = { aliasCount: 0, count: 1, res: void 0 };
        ctx.anchors.set(value, data);
        ctx.onCreate = (res2) => {
          data.res = res2;
          delete ctx.onCreate;
        };
        const res = value.toJSON(arg, ctx);
        if (ctx.onCreate)
          ctx.onCreate(res);
        return res;
      }
      if (typeof value === "bigint" && !ctx?.keep)
        return Number(value);
      return value;
    }
    exports.toJS = toJS;
  }
});

// node_modules/yaml/dist/nodes/Node.js
var require_Node = __commonJS({
  "node_modules/yaml/dist/nodes/Node.js"(exports) {
    "use strict";
    var applyReviver = require_applyReviver();
    var identity = require_identity();
    var toJS = require_toJS();
    var NodeBase = class {
      constructor(type) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: type });
      }
      /** Create a copy of this node.  */
      clone() {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /** A plain JavaScript representation of this node. */
      toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        if (!identity.isDocument(doc))
          throw new TypeError("A document argument is required");
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc,
          keep: true,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this, "", ctx);
        if (typeof onAnchor === "function")
          for (const { count, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
    };
    exports.NodeBase = NodeBase;
  }
});

// node_modules/yaml/dist/nodes/Scalar.js
var require_Scalar = __commonJS({
  "node_modules/yaml/dist/nodes/Scalar.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Node = require_Node();
    var toJS = require_toJS();
    var isScalarValue = (value) => !value || typeof value !== "function" && typeof value !== "object";
    var Scalar = class extends Node.NodeBase {
      constructor(value) {
        super(identity.SCALAR);
        this.value = value;
      }
      toJSON(arg, ctx) {
        return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
      }
      toString() {
        return String(this.value);
      }
    };
    Scalar.BLOCK_FOLDED = "BLOCK_FOLDED";
    Scalar.BLOCK_LITERAL = "BLOCK_LITERAL";
    Scalar.PLAIN = "PLAIN";
    Scalar.QUOTE_DOUBLE = "QUOTE_DOUBLE";
    Scalar.QUOTE_SINGLE = "QUOTE_SINGLE";
    exports.Scalar = Scalar;
    exports.isScalarValue = isScalarValue;
  }
});

// node_modules/yaml/dist/compose/resolve-block-scalar.js
var require_resolve_block_scalar = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-scalar.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    function resolveBlockScalar(ctx, scalar, onError) {
      const start = scalar.offset;
      const header = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
      if (!header)
        return { value: "", type: null, comment: "", range: [start, start, start] };
      const type = header.mode === ">" ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
      const lines = scalar.source ? splitLines2(scalar.source) : [];
      let chompStart = lines.length;
      for (let i = lines.length - 1; i >= 0; --i) {
        const content = lines[i][1];
        if (content === "" || content === "\r")
          chompStart = i;
        else
          break;
      }
      if (chompStart === 0) {
        const value2 = header.chomp === "+" && lines.length > 0 ? "\n".repeat(Math.max(1, lines.length - 1)) : "";
        let end2 = start + header.length;
        if (scalar.source)
          end2 += scalar.source.length;
        return { value: value2, type, comment: header.comment, range: [start, end2, end2] };
      }
      let trimIndent = scalar.indent + header.indent;
      let offset = scalar.offset + header.length;
      let contentStart = 0;
      for (let i = 0; i < chompStart; ++i) {
        const [indent, content] = lines[i];
        if (content === "" || content === "\r") {
          if (header.indent === 0 && indent.length > trimIndent)
            trimIndent = indent.length;
        } else {
          if (indent.length < trimIndent) {
            const message = "Block scalars with more-indented leading empty lines must use an explicit indentation indicator";
            onError(offset + indent.length, "MISSING_CHAR", message);
          }
          if (header.indent === 0)
            trimIndent = indent.length;
          contentStart = i;
          if (trimIndent === 0 && !ctx.atRoot) {
            const message = "Block scalar values in collections must be indented";
            onError(offset, "BAD_INDENT", message);
          }
          break;
        }
        offset += indent.length + content.length + 1;
      }
      for (let i = lines.length - 1; i >= chompStart; --i) {
        if (lines[i][0].length > trimIndent)
          chompStart = i + 1;
      }
      let value = "";
      let sep = "";
      let prevMoreIndented = false;
      for (let i = 0; i < contentStart; ++i)
        value += lines[i][0].slice(trimIndent) + "\n";
      for (let i = contentStart; i < chompStart; ++i) {
        let [indent, content] = lines[i];
        offset += indent.length + content.length + 1;
        const crlf = content[content.length - 1] === "\r";
        if (crlf)
          content = content.slice(0, -1);
        if (content && indent.length < trimIndent) {
          const src = header.indent ? "explicit indentation indicator" : "first line";
          const message = `Block scalar lines must not be less indented than their ${src}`;
          onError(offset - content.length - (crlf ? 2 : 1), "BAD_INDENT", message);
          indent = "";
        }
        if (type === Scalar.Scalar.BLOCK_LITERAL) {
          value += sep + indent.slice(trimIndent) + content;
          sep = "\n";
        } else if (indent.length > trimIndent || content[0] === "	") {
          if (sep === " ")
            sep = "\n";
          else if (!prevMoreIndented && sep === "\n")
            sep = "\n\n";
          value += sep + indent.slice(trimIndent) + content;
          sep = "\n";
          prevMoreIndented = true;
        } else if (content === "") {
          if (sep === "\n")
            value += "\n";
          else
            sep = "\n";
        } else {
          value += sep + content;
          sep = " ";
          prevMoreIndented = false;
        }
      }
      switch (header.chomp) {
        case "-":
          break;
        case "+":
          for (let i = chompStart; i < lines.length; ++i)
            value += "\n" + lines[i][0].slice(trimIndent);
          if (value[value.length - 1] !== "\n")
            value += "\n";
          break;
        default:
          value += "\n";
      }
      const end = start + header.length + scalar.source.length;
      return { value, type, comment: header.comment, range: [start, end, end] };
    }
    function parseBlockScalarHeader({ offset, props }, strict, onError) {
      if (props[0].type !== "block-scalar-header") {
        onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
        return null;
      }
      const { source } = props[0];
      const mode = source[0];
      let indent = 0;
      let chomp = "";
      let error = -1;
      for (let i = 1; i < source.length; ++i) {
        const ch = source[i];
        if (!chomp && (ch === "-" || ch === "+"))
          chomp = ch;
        else {
          const n = Number(ch);
          if (!indent && n)
            indent = n;
          else if (error === -1)
            error = offset + i;
        }
      }
      if (error !== -1)
        onError(error, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
      let hasSpace = false;
      let comment = "";
      let length = source.length;
      for (let i = 1; i < props.length; ++i) {
        const token = props[i];
        switch (token.type) {
          case "space":
            hasSpace = true;
          // fallthrough
          case "newline":
            length += token.source.length;
            break;
          case "comment":
            if (strict && !hasSpace) {
              const message = "Comments must be separated from other tokens by white space characters";
              onError(token, "MISSING_CHAR", message);
            }
            length += token.source.length;
            comment = token.source.substring(1);
            break;
          case "error":
            onError(token, "UNEXPECTED_TOKEN", token.message);
            length += token.source.length;
            break;
          /* istanbul ignore next should not happen */
          default: {
            const message = `Unexpected token in block scalar header: ${token.type}`;
            onError(token, "UNEXPECTED_TOKEN", message);
            const ts = token.source;
            if (ts && typeof ts === "string")
              length += ts.length;
          }
        }
      }
      return { mode, indent, chomp, comment, length };
    }
    function splitLines2(source) {
      const split = source.split(/\n( *)/);
      const first = split[0];
      const m = first.match(/^( *)/);
      const line0 = m?.[1] ? [m[1], first.slice(m[1].length)] : ["", first];
      const lines = [line0];
      for (let i = 1; i < split.length; i += 2)
        lines.push([split[i], split[i + 1]]);
      return lines;
    }
    exports.resolveBlockScalar = resolveBlockScalar;
  }
});

// node_modules/yaml/dist/compose/resolve-end.js
var require_resolve_end = __commonJS({
  "node_modules/yaml/dist/compose/resolve-end.js"(exports) {
    "use strict";
    function resolveEnd(end, offset, reqSpace, onError) {
      let comment = "";
      if (end) {
        let hasSpace = false;
        let sep = "";
        for (const token of end) {
          const { source, type } = token;
          switch (type) {
            case "space":
              hasSpace = true;
              break;
            case "comment": {
              if (reqSpace && !hasSpace)
                onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
              const cb = source.substring(1) || " ";
              if (!comment)
                comment = cb;
              else
                comment += sep + cb;
              sep = "";
              break;
            }
            case "newline":
              if (comment)
                sep += source;
              hasSpace = true;
              break;
            default:
              onError(token, "UNEXPECTED_TOKEN", `Unexpected ${type} at node end`);
          }
          offset += source.length;
        }
      }
      return { comment, offset };
    }
    exports.resolveEnd = resolveEnd;
  }
});

// node_modules/yaml/dist/compose/resolve-flow-scalar.js
var require_resolve_flow_scalar = __commonJS({
  "node_modules/yaml/dist/compose/resolve-flow-scalar.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var resolveEnd = require_resolve_end();
    function resolveFlowScalar(scalar, strict, onError) {
      const { offset, type, source, end } = scalar;
      let _type;
      let value;
      const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
      switch (type) {
        case "scalar":
          _type = Scalar.Scalar.PLAIN;
          value = plainValue(source, _onError);
          break;
        case "single-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_SINGLE;
          value = singleQuotedValue(source, _onError);
          break;
        case "double-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_DOUBLE;
          value = doubleQuotedValue(source, _onError);
          break;
        /* istanbul ignore next should not happen */
        default:
          onError(scalar, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type}`);
          return {
            value: "",
            type: null,
            comment: "",
            range: [offset, offset + source.length, offset + source.length]
          };
      }
      const valueEnd = offset + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd, strict, onError);
      return {
        value,
        type: _type,
        comment: re.comment,
        range: [offset, valueEnd, re.offset]
      };
    }
    function plainValue(source, onError) {
      let badChar = "";
      switch (source[0]) {
        /* istanbul ignore next should not happen */
        case "	":
          badChar = "a tab character";
          break;
        case ",":
          badChar = "flow indicator character ,";
          break;
        case "%":
          badChar = "directive indicator character %";
          break;
        case "|":
        case ">": {
          badChar = `block scalar indicator ${source[0]}`;
          break;
        }
        case "@":
        case "`": {
          badChar = `reserved character ${source[0]}`;
          break;
        }
      }
      if (badChar)
        onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
      return unfoldLines(source);
    }
    function singleQuotedValue(source, onError) {
      if (source[source.length - 1] !== "'" || source.length === 1)
        onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
      return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
    }
    function unfoldLines(source) {
      const line2 = /(.*?)\r?\n/sy;
      let match = line2.exec(source);
      if (!match)
        return source;
      let trimEnd, trimBoth;
      try {
        trimEnd = new RegExp("(?<![ 	])[ 	]+$");
        trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
      } catch {
        trimEnd = /[ \t]+$/;
        trimBoth = /^[ \t]+|[ \t]+$/g;
      }
      let res = match[1].replace(trimEnd, "");
      let sep = " ";
      let pos = line2.lastIndex;
      while (match = line2.exec(source)) {
        const lm = match[1].replace(trimBoth, "");
        if (lm === "") {
          if (sep === "\n")
            res += sep;
          else
            sep = "\n";
        } else {
          res += sep + lm;
          sep = " ";
        }
        pos = line2.lastIndex;
      }
      const last = /[ \t]*(.*)/sy;
      last.lastIndex = pos;
      match = last.exec(source);
      return res + sep + (match?.[1] ?? "");
    }
    function doubleQuotedValue(source, onError) {
      let res = "";
      for (let i = 1; i < source.length - 1; ++i) {
        const ch = source[i];
        if (ch === "\r" && source[i + 1] === "\n")
          continue;
        if (ch === "\n") {
          const { fold, offset } = foldNewline(source, i);
          res += fold;
          i = offset;
        } else if (ch === "\\") {
          let next = source[++i];
          const cc = escapeCodes[next];
          if (cc)
            res += cc;
          else if (next === "\n") {
            next = source[i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "\r" && source[i + 1] === "\n") {
            next = source[++i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "x" || next === "u" || next === "U") {
            const length = next === "x" ? 2 : next === "u" ? 4 : 8;
            res += parseCharCode(source, i + 1, length, onError);
            i += length;
          } else {
            const raw = source.substr(i - 1, 2);
            onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
            res += raw;
          }
        } else if (ch === " " || ch === "	") {
          const wsStart = i;
          let next = source[i + 1];
          while (next === " " || next === "	")
            next = source[++i + 1];
          if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n"))
            res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
        } else {
          res += ch;
        }
      }
      if (source[source.length - 1] !== '"' || source.length === 1)
        onError(source.length, "MISSING_CHAR", 'Missing closing "quote');
      return res;
    }
    function foldNewline(source, offset) {
      let fold = "";
      let ch = source[offset + 1];
      while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
        if (ch === "\r" && source[offset + 2] !== "\n")
          break;
        if (ch === "\n")
          fold += "\n";
        offset += 1;
        ch = source[offset + 1];
      }
      if (!fold)
        fold = " ";
      return { fold, offset };
    }
    var escapeCodes = {
      "0": "\0",
      // null character
      a: "\x07",
      // bell character
      b: "\b",
      // backspace
      e: "\x1B",
      // escape character
      f: "\f",
      // form feed
      n: "\n",
      // line feed
      r: "\r",
      // carriage return
      t: "	",
      // horizontal tab
      v: "\v",
      // vertical tab
      N: "",
      // Unicode next line
      _: " ",
      // Unicode non-breaking space
      L: "\u2028",
      // Unicode line separator
      P: "\u2029",
      // Unicode paragraph separator
      " ": " ",
      '"': '"',
      "/": "/",
      "\\": "\\",
      "	": "	"
    };
    function parseCharCode(source, offset, length, onError) {
      const cc = source.substr(offset, length);
      const ok = cc.length === length && /^[0-9a-fA-F]+$/.test(cc);
      const code = ok ? parseInt(cc, 16) : NaN;
      try {
        return String.fromCodePoint(code);
      } catch {
        const raw = source.substr(offset - 2, length + 2);
        onError(offset - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
        return raw;
      }
    }
    exports.resolveFlowScalar = resolveFlowScalar;
  }
});

// node_modules/yaml/dist/errors.js
var require_errors = __commonJS({
  "node_modules/yaml/dist/errors.js"(exports) {
    "use strict";
    var YAMLError = class extends Error {
      constructor(name, pos, code, message) {
        super();
        this.name = name;
        this.code = code;
        this.message = message;
        this.pos = pos;
      }
    };
    var YAMLParseError = class extends YAMLError {
      constructor(pos, code, message) {
        super("YAMLParseError", pos, code, message);
      }
    };
    var YAMLWarning = class extends YAMLError {
      constructor(pos, code, message) {
        super("YAMLWarning", pos, code, message);
      }
    };
    var prettifyError = (src, lc) => (error) => {
      if (error.pos[0] === -1)
        return;
      error.linePos = error.pos.map((pos) => lc.linePos(pos));
      const { line: line2, col } = error.linePos[0];
      error.message += ` at line ${line2}, column ${col}`;
      let ci = col - 1;
      let lineStr = src.substring(lc.lineStarts[line2 - 1], lc.lineStarts[line2]).replace(/[\n\r]+$/, "");
      if (ci >= 60 && lineStr.length > 80) {
        const trimStart = Math.min(ci - 39, lineStr.length - 79);
        lineStr = "…" + lineStr.substring(trimStart);
        ci -= trimStart - 1;
      }
      if (lineStr.length > 80)
        lineStr = lineStr.substring(0, 79) + "…";
      if (line2 > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
        let prev = src.substring(lc.lineStarts[line2 - 2], lc.lineStarts[line2 - 1]);
        if (prev.length > 80)
          prev = prev.substring(0, 79) + "…\n";
        lineStr = prev + lineStr;
      }
      if (/[^ ]/.test(lineStr)) {
        let count = 1;
        const end = error.linePos[1];
        if (end?.line === line2 && end.col > col) {
          count = Math.max(1, Math.min(end.col - col, 80 - ci));
        }
        const pointer = " ".repeat(ci) + "^".repeat(count);
        error.message += `:

${lineStr}
${pointer}
`;
      }
    };
    exports.YAMLError = YAMLError;
    exports.YAMLParseError = YAMLParseError;
    exports.YAMLWarning = YAMLWarning;
    exports.prettifyError = prettifyError;
  }
});

// node_modules/yaml/dist/stringify/foldFlowLines.js
var require_foldFlowLines = __commonJS({
  "node_modules/yaml/dist/stringify/foldFlowLines.js"(exports) {
    "use strict";
    var FOLD_FLOW = "flow";
    var FOLD_BLOCK = "block";
    var FOLD_QUOTED = "quoted";
    function foldFlowLines(text, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
      if (!lineWidth || lineWidth < 0)
        return text;
      if (lineWidth < minContentWidth)
        minContentWidth = 0;
      const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
      if (text.length <= endStep)
        return text;
      const folds = [];
      const escapedFolds = {};
      let end = lineWidth - indent.length;
      if (typeof indentAtStart === "number") {
        if (indentAtStart > lineWidth - Math.max(2, minContentWidth))
          folds.push(0);
        else
          end = lineWidth - indentAtStart;
      }
      let split = void 0;
      let prev = void 0;
      let overflow = false;
      let i = -1;
      let escStart = -1;
      let escEnd = -1;
      if (mode === FOLD_BLOCK) {
        i = consumeMoreIndentedLines(text, i, indent.length);
        if (i !== -1)
          end = i + endStep;
      }
      for (let ch; ch = text[i += 1]; ) {
        if (mode === FOLD_QUOTED && ch === "\\") {
          escStart = i;
          switch (text[i + 1]) {
            case "x":
              i += 3;
              break;
            case "u":
              i += 5;
              break;
            case "U":
              i += 9;
              break;
            default:
              i += 1;
          }
          escEnd = i;
        }
        if (ch === "\n") {
          if (mode === FOLD_BLOCK)
            i = consumeMoreIndentedLines(text, i, indent.length);
          end = i + indent.length + endStep;
          split = void 0;
        } else {
          if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
            const next = text[i + 1];
            if (next && next !== " " && next !== "\n" && next !== "	")
              split = i;
          }
          if (i >= end) {
            if (split) {
              folds.push(split);
              end = split + endStep;
              split = void 0;
            } else if (mode === FOLD_QUOTED) {
              while (prev === " " || prev === "	") {
                prev = ch;
                ch = text[i += 1];
                overflow = true;
              }
              const j = i > escEnd + 1 ? i - 2 : escStart - 1;
              if (escapedFolds[j])
                return text;
              folds.push(j);
              escapedFolds[j] = true;
              end = j + endStep;
              split = void 0;
            } else {
              overflow = true;
            }
          }
        }
        prev = ch;
      }
      if (overflow && onOverflow)
        onOverflow();
      if (folds.length === 0)
        return text;
      if (onFold)
        onFold();
      let res = text.slice(0, folds[0]);
      for (let i2 = 0; i2 < folds.length; ++i2) {
        const fold = folds[i2];
        const end2 = folds[i2 + 1] || text.length;
        if (fold === 0)
          res = `
${indent}${text.slice(0, end2)}`;
        else {
          if (mode === FOLD_QUOTED && escapedFolds[fold])
            res += `${text[fold]}\\`;
          res += `
${indent}${text.slice(fold + 1, end2)}`;
        }
      }
      return res;
    }
    function consumeMoreIndentedLines(text, i, indent) {
      let end = i;
      let start = i + 1;
      let ch = text[start];
      while (ch === " " || ch === "	") {
        if (i < start + indent) {
          ch = text[++i];
        } else {
          do {
            ch = text[++i];
          } while (ch && ch !== "\n");
          end = i;
          start = i + 1;
          ch = text[start];
        }
      }
      return end;
    }
    exports.FOLD_BLOCK = FOLD_BLOCK;
    exports.FOLD_FLOW = FOLD_FLOW;
    exports.FOLD_QUOTED = FOLD_QUOTED;
    exports.foldFlowLines = foldFlowLines;
  }
});

// node_modules/yaml/dist/stringify/stringifyString.js
var require_stringifyString = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyString.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var foldFlowLines = require_foldFlowLines();
    var getFoldOptions = (ctx, isBlock) => ({
      indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
      lineWidth: ctx.options.lineWidth,
      minContentWidth: ctx.options.minContentWidth
    });
    var containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
    function lineLengthOverLimit(str, lineWidth, indentLength) {
      if (!lineWidth || lineWidth < 0)
        return false;
      const limit = lineWidth - indentLength;
      const strLen = str.length;
      if (strLen <= limit)
        return false;
      for (let i = 0, start = 0; i < strLen; ++i) {
        if (str[i] === "\n") {
          if (i - start > limit)
            return true;
          start = i + 1;
          if (strLen - start <= limit)
            return false;
        }
      }
      return true;
    }
    function doubleQuotedString(value, ctx) {
      const json = JSON.stringify(value);
      if (ctx.options.doubleQuotedAsJSON)
        return json;
      const { implicitKey } = ctx;
      const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      let str = "";
      let start = 0;
      for (let i = 0, ch = json[i]; ch; ch = json[++i]) {
        if (ch === " " && json[i + 1] === "\\" && json[i + 2] === "n") {
          str += json.slice(start, i) + "\\ ";
          i += 1;
          start = i;
          ch = "\\";
        }
        if (ch === "\\")
          switch (json[i + 1]) {
            case "u":
              {
                str += json.slice(start, i);
                const code = json.substr(i + 2, 4);
                switch (code) {
                  case "0000":
                    str += "\\0";
                    break;
                  case "0007":
                    str += "\\a";
                    break;
                  case "000b":
                    str += "\\v";
                    break;
                  case "001b":
                    str += "\\e";
                    break;
                  case "0085":
                    str += "\\N";
                    break;
                  case "00a0":
                    str += "\\_";
                    break;
                  case "2028":
                    str += "\\L";
                    break;
                  case "2029":
                    str += "\\P";
                    break;
                  default:
                    if (code.substr(0, 2) === "00")
                      str += "\\x" + code.substr(2);
                    else
                      str += json.substr(i, 6);
                }
                i += 5;
                start = i + 1;
              }
              break;
            case "n":
              if (implicitKey || json[i + 2] === '"' || json.length < minMultiLineLength) {
                i += 1;
              } else {
                str += json.slice(start, i) + "\n\n";
                while (json[i + 2] === "\\" && json[i + 3] === "n" && json[i + 4] !== '"') {
                  str += "\n";
                  i += 2;
                }
                str += indent;
                if (json[i + 2] === " ")
                  str += "\\";
                i += 1;
                start = i + 1;
              }
              break;
            default:
              i += 1;
          }
      }
      str = start ? str + json.slice(start) : json;
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
    }
    function singleQuotedString(value, ctx) {
      if (ctx.options.singleQuote === false || ctx.implicitKey && value.includes("\n") || /[ \t]\n|\n[ \t]/.test(value))
        return doubleQuotedString(value, ctx);
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&
${indent}`) + "'";
      return ctx.implicitKey ? res : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function quotedString(value, ctx) {
      const { singleQuote } = ctx.options;
      let qs;
      if (singleQuote === false)
        qs = doubleQuotedString;
      else {
        const hasDouble = value.includes('"');
        const hasSingle = value.includes("'");
        if (hasDouble && !hasSingle)
          qs = singleQuotedString;
        else if (hasSingle && !hasDouble)
          qs = doubleQuotedString;
        else
          qs = singleQuote ? singleQuotedString : doubleQuotedString;
      }
      return qs(value, ctx);
    }
    var blockEndNewlines;
    try {
      blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
    } catch {
      blockEndNewlines = /\n+(?!\n|$)/g;
    }
    function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
      const { blockQuote, commentString, lineWidth } = ctx.options;
      if (!blockQuote || /\n[\t ]+$/.test(value)) {
        return quotedString(value, ctx);
      }
      const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value) ? "  " : "");
      const literal = blockQuote === "literal" ? true : blockQuote === "folded" || type === Scalar.Scalar.BLOCK_FOLDED ? false : type === Scalar.Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value, lineWidth, indent.length);
      if (!value)
        return literal ? "|\n" : ">\n";
      let chomp;
      let endStart;
      for (endStart = value.length; endStart > 0; --endStart) {
        const ch = value[endStart - 1];
        if (ch !== "\n" && ch !== "	" && ch !== " ")
          break;
      }
      let end = value.substring(endStart);
      const endNlPos = end.indexOf("\n");
      if (endNlPos === -1) {
        chomp = "-";
      } else if (value === end || endNlPos !== end.length - 1) {
        chomp = "+";
        if (onChompKeep)
          onChompKeep();
      } else {
        chomp = "";
      }
      if (end) {
        value = value.slice(0, -end.length);
        if (end[end.length - 1] === "\n")
          end = end.slice(0, -1);
        end = end.replace(blockEndNewlines, `$&${indent}`);
      }
      let startWithSpace = false;
      let startEnd;
      let startNlPos = -1;
      for (startEnd = 0; startEnd < value.length; ++startEnd) {
        const ch = value[startEnd];
        if (ch === " ")
          startWithSpace = true;
        else if (ch === "\n")
          startNlPos = startEnd;
        else
          break;
      }
      let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
      if (start) {
        value = value.substring(start.length);
        start = start.replace(/\n+/g, `$&${indent}`);
      }
      const indentSize = indent ? "2" : "1";
      let header = (startWithSpace ? indentSize : "") + chomp;
      if (comment) {
        header += " " + commentString(comment.replace(/ ?[\r\n]+/g, " "));
        if (onComment)
          onComment();
      }
      if (!literal) {
        const foldedValue = value.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
        let literalFallback = false;
        const foldOptions = getFoldOptions(ctx, true);
        if (blockQuote !== "folded" && type !== Scalar.Scalar.BLOCK_FOLDED) {
          foldOptions.onOverflow = () => {
            literalFallback = true;
          };
        }
        const body = foldFlowLines.foldFlowLines(`${start}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
        if (!literalFallback)
          return `>${header}
${indent}${body}`;
      }
      value = value.replace(/\n+/g, `$&${indent}`);
      return `|${header}
${indent}${start}${value}${end}`;
    }
    function plainString(item, ctx, onComment, onChompKeep) {
      const { type, value } = item;
      const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
      if (implicitKey && value.includes("\n") || inFlow && /[[\]{},]/.test(value)) {
        return quotedString(value, ctx);
      }
      if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) {
        return implicitKey || inFlow || !value.includes("\n") ? quotedString(value, ctx) : blockString(item, ctx, onComment, onChompKeep);
      }
      if (!implicitKey && !inFlow && type !== Scalar.Scalar.PLAIN && value.includes("\n")) {
        return blockString(item, ctx, onComment, onChompKeep);
      }
      if (containsDocumentMarker(value)) {
        if (indent === "") {
          ctx.forceBlockIndent = true;
          return blockString(item, ctx, onComment, onChompKeep);
        } else if (implicitKey && indent === indentStep) {
          return quotedString(value, ctx);
        }
      }
      const str = value.replace(/\n+/g, `$&
${indent}`);
      if (actualString) {
        const test = (tag) => tag.default && tag.tag !== "tag:yaml.org,2002:str" && tag.test?.test(str);
        const { compat, tags } = ctx.doc.schema;
        if (tags.some(test) || compat?.some(test))
          return quotedString(value, ctx);
      }
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function stringifyString(item, ctx, onComment, onChompKeep) {
      const { implicitKey, inFlow } = ctx;
      const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
      let { type } = item;
      if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
        if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value))
          type = Scalar.Scalar.QUOTE_DOUBLE;
      }
      const _stringify = (_type) => {
        switch (_type) {
          case Scalar.Scalar.BLOCK_FOLDED:
          case Scalar.Scalar.BLOCK_LITERAL:
            return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
          case Scalar.Scalar.QUOTE_DOUBLE:
            return doubleQuotedString(ss.value, ctx);
          case Scalar.Scalar.QUOTE_SINGLE:
            return singleQuotedString(ss.value, ctx);
          case Scalar.Scalar.PLAIN:
            return plainString(ss, ctx, onComment, onChompKeep);
          default:
            return null;
        }
      };
      let res = _stringify(type);
      if (res === null) {
        const { defaultKeyType, defaultStringType } = ctx.options;
        const t = implicitKey && defaultKeyType || defaultStringType;
        res = _stringify(t);
        if (res === null)
          throw new Error(`Unsupported default string type ${t}`);
      }
      return res;
    }
    exports.stringifyString = stringifyString;
  }
});

// node_modules/yaml/dist/parse/cst-scalar.js
var require_cst_scalar = __commonJS({
  "node_modules/yaml/dist/parse/cst-scalar.js"(exports) {
    "use strict";
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    var errors = require_errors();
    var stringifyString = require_stringifyString();
    function resolveAsScalar(token, strict = true, onError) {
      if (token) {
        const _onError = (pos, code, message) => {
          const offset = typeof pos === "number" ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
          if (onError)
            onError(offset, code, message);
          else
            throw new errors.YAMLParseError([offset, offset + 1], code, message);
        };
        switch (token.type) {
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
          case "block-scalar":
            return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
        }
      }
      return null;
    }
    function createScalarToken(value, context) {
      const { implicitKey = false, indent, inFlow = false, offset = -1, type = "PLAIN" } = context;
      const source = stringifyString.stringifyString({ type, value }, {
        implicitKey,
        indent: indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      const end = context.end ?? [
        { type: "newline", offset: -1, indent, source: "\n" }
      ];
      switch (source[0]) {
        case "|":
        case ">": {
          const he = source.indexOf("\n");
          const head = source.substring(0, he);
          const body = source.substring(he + 1) + "\n";
          const props = [
            { type: "block-scalar-header", offset, indent, source: head }
          ];
          if (!addEndtoBlockProps(props, end))
            props.push({ type: "newline", offset: -1, indent, source: "\n" });
          return { type: "block-scalar", offset, indent, props, source: body };
        }
        case '"':
          return { type: "double-quoted-scalar", offset, indent, source, end };
        case "'":
          return { type: "single-quoted-scalar", offset, indent, source, end };
        default:
          return { type: "scalar", offset, indent, source, end };
      }
    }
    function setScalarValue(token, value, context = {}) {
      let { afterKey = false, implicitKey = false, inFlow = false, type } = context;
      let indent = "indent" in token ? token.indent : null;
      if (afterKey && typeof indent === "number")
        indent += 2;
      if (!type)
        switch (token.type) {
          case "single-quoted-scalar":
            type = "QUOTE_SINGLE";
            break;
          case "double-quoted-scalar":
            type = "QUOTE_DOUBLE";
            break;
          case "block-scalar": {
            const header = token.props[0];
            if (header.type !== "block-scalar-header")
              throw new Error("Invalid block scalar header");
            type = header.source[0] === ">" ? "BLOCK_FOLDED" : "BLOCK_LITERAL";
            break;
          }
          default:
            type = "PLAIN";
        }
      const source = stringifyString.stringifyString({ type, value }, {
        implicitKey: implicitKey || indent === null,
        indent: indent !== null && indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      switch (source[0]) {
        case "|":
        case ">":
          setBlockScalarValue(token, source);
          break;
        case '"':
          setFlowScalarValue(token, source, "double-quoted-scalar");
          break;
        case "'":
          setFlowScalarValue(token, source, "single-quoted-scalar");
          break;
        default:
          setFlowScalarValue(token, source, "scalar");
      }
    }
    function setBlockScalarValue(token, source) {
      const he = source.indexOf("\n");
      const head = source.substring(0, he);
      const body = source.substring(he + 1) + "\n";
      if (token.type === "block-scalar") {
        const header = token.props[0];
        if (header.type !== "block-scalar-header")
          throw new Error("Invalid block scalar header");
        header.source = head;
        token.source = body;
      } else {
        const { offset } = token;
        const indent = "indent" in token ? token.indent : -1;
        const props = [
          { type: "block-scalar-header", offset, indent, source: head }
        ];
        if (!addEndtoBlockProps(props, "end" in token ? token.end : void 0))
          props.push({ type: "newline", offset: -1, indent, source: "\n" });
        for (const key of Object.keys(token))
          if (key !== "type" && key !== "offset")
            delete token[key];
        Object.assign(token, { type: "block-scalar", indent, props, source: body });
      }
    }
    function addEndtoBlockProps(props, end) {
      if (end)
        for (const st of end)
          switch (st.type) {
            case "space":
            case "comment":
              props.push(st);
              break;
            case "newline":
              props.push(st);
              return true;
          }
      return false;
    }
    function setFlowScalarValue(token, source, type) {
      switch (token.type) {
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          token.type = type;
          token.source = source;
          break;
        case "block-scalar": {
          const end = token.props.slice(1);
          let oa = source.length;
          if (token.props[0].type === "block-scalar-header")
            oa -= token.props[0].source.length;
          for (const tok of end)
            tok.offset += oa;
          delete token.props;
          Object.assign(token, { type, source, end });
          break;
        }
        case "block-map":
        case "block-seq": {
          const offset = token.offset + source.length;
          const nl = { type: "newline", offset, indent: token.indent, source: "\n" };
          delete token.items;
          Object.assign(token, { type, source, end: [nl] });
          break;
        }
        default: {
          const indent = "indent" in token ? token.indent : -1;
          const end = "end" in token && Array.isArray(token.end) ? token.end.filter((st) => st.type === "space" || st.type === "comment" || st.type === "newline") : [];
          for (const key of Object.keys(token))
            if (key !== "type" && key !== "offset")
              delete token[key];
          Object.assign(token, { type, indent, source, end });
        }
      }
    }
    exports.createScalarToken = createScalarToken;
    exports.resolveAsScalar = resolveAsScalar;
    exports.setScalarValue = setScalarValue;
  }
});

// node_modules/yaml/dist/parse/cst-stringify.js
var require_cst_stringify = __commonJS({
  "node_modules/yaml/dist/parse/cst-stringify.js"(exports) {
    "use strict";
    var stringify = (cst) => "type" in cst ? stringifyToken(cst) : stringifyItem(cst);
    function stringifyToken(token) {
      switch (token.type) {
        case "block-scalar": {
          let res = "";
          for (const tok of token.props)
            res += stringifyToken(tok);
          return res + token.source;
        }
        case "block-map":
        case "block-seq": {
          let res = "";
          for (const item of token.items)
            res += stringifyItem(item);
          return res;
        }
        case "flow-collection": {
          let res = token.start.source;
          for (const item of token.items)
            res += stringifyItem(item);
          for (const st of token.end)
            res += st.source;
          return res;
        }
        case "document": {
          let res = stringifyItem(token);
          if (token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
        default: {
          let res = token.source;
          if ("end" in token && token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
      }
    }
    function stringifyItem({ start, key, sep, value }) {
      let res = "";
      for (const st of start)
        res += st.source;
      if (key)
        res += stringifyToken(key);
      if (sep)
        for (const st of sep)
          res += st.source;
      if (value)
        res += stringifyToken(value);
      return res;
    }
    exports.stringify = stringify;
  }
});

// node_modules/yaml/dist/parse/cst-visit.js
var require_cst_visit = __commonJS({
  "node_modules/yaml/dist/parse/cst-visit.js"(exports) {
    "use strict";
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove item");
    function visit(cst, visitor) {
      if ("type" in cst && cst.type === "document")
        cst = { start: cst.start, value: cst.value };
      _visit(Object.freeze([]), cst, visitor);
    }
    visit.BREAK = BREAK;
    visit.SKIP = SKIP;
    visit.REMOVE = REMOVE;
    visit.itemAtPath = (cst, path) => {
      let item = cst;
      for (const [field, index] of path) {
        const tok = item?.[field];
        if (tok && "items" in tok) {
          item = tok.items[index];
        } else
          return void 0;
      }
      return item;
    };
    visit.parentCollection = (cst, path) => {
      const parent = visit.itemAtPath(cst, path.slice(0, -1));
      const field = path[path.length - 1][0];
      const coll = parent?.[field];
      if (coll && "items" in coll)
        return coll;
      throw new Error("Parent collection not found");
    };
    function _visit(path, item, visitor) {
      let ctrl = visitor(item, path);
      if (typeof ctrl === "symbol")
        return ctrl;
      for (const field of ["key", "value"]) {
        const token = item[field];
        if (token && "items" in token) {
          for (let i = 0; i < token.items.length; ++i) {
            const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              token.items.splice(i, 1);
              i -= 1;
            }
          }
          if (typeof ctrl === "function" && field === "key")
            ctrl = ctrl(item, path);
        }
      }
      return typeof ctrl === "function" ? ctrl(item, path) : ctrl;
    }
    exports.visit = visit;
  }
});

// node_modules/yaml/dist/parse/cst.js
var require_cst = __commonJS({
  "node_modules/yaml/dist/parse/cst.js"(exports) {
    "use strict";
    var cstScalar = require_cst_scalar();
    var cstStringify = require_cst_stringify();
    var cstVisit = require_cst_visit();
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
    function isEmpty3(ch) {
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
          if ((dt === "---" || dt === "...") && isEmpty3(this.buffer[offset + 3]))
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
        let line2 = this.getLine();
        if (line2 === null)
          return this.setNext("stream");
        if (line2[0] === cst.BOM) {
          yield* this.pushCount(1);
          line2 = line2.substring(1);
        }
        if (line2[0] === "%") {
          let dirEnd = line2.length;
          let cs = line2.indexOf("#");
          while (cs !== -1) {
            const ch = line2[cs - 1];
            if (ch === " " || ch === "	") {
              dirEnd = cs - 1;
              break;
            } else {
              cs = line2.indexOf("#", cs + 1);
            }
          }
          while (true) {
            const ch = line2[dirEnd - 1];
            if (ch === " " || ch === "	")
              dirEnd -= 1;
            else
              break;
          }
          const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
          yield* this.pushCount(line2.length - n);
          this.pushNewline();
          return "stream";
        }
        if (this.atLineEnd()) {
          const sp = yield* this.pushSpaces(true);
          yield* this.pushCount(line2.length - sp);
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
          if ((s === "---" || s === "...") && isEmpty3(this.charAt(3))) {
            yield* this.pushCount(3);
            this.indentValue = 0;
            this.indentNext = 0;
            return s === "---" ? "doc" : "stream";
          }
        }
        this.indentValue = yield* this.pushSpaces(false);
        if (this.indentNext > this.indentValue && !isEmpty3(this.charAt(1)))
          this.indentNext = this.indentValue;
        return yield* this.parseBlockStart();
      }
      *parseBlockStart() {
        const [ch0, ch1] = this.peek(2);
        if (!ch1 && !this.atEnd)
          return this.setNext("block-start");
        if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty3(ch1)) {
          const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
          this.indentNext = this.indentValue + 1;
          this.indentValue += n;
          return "block-start";
        }
        return "doc";
      }
      *parseDocument() {
        yield* this.pushSpaces(true);
        const line2 = this.getLine();
        if (line2 === null)
          return this.setNext("doc");
        let n = yield* this.pushIndicators();
        switch (line2[n]) {
          case "#":
            yield* this.pushCount(line2.length - n);
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
            yield* this.pushCount(line2.length - n);
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
        const line2 = this.getLine();
        if (line2 === null)
          return this.setNext("flow");
        if (indent !== -1 && indent < this.indentNext && line2[0] !== "#" || indent === 0 && (line2.startsWith("---") || line2.startsWith("...")) && isEmpty3(line2[3])) {
          const atFlowEndMarker = indent === this.indentNext - 1 && this.flowLevel === 1 && (line2[0] === "]" || line2[0] === "}");
          if (!atFlowEndMarker) {
            this.flowLevel = 0;
            yield cst.FLOW_END;
            return yield* this.parseLineStart();
          }
        }
        let n = 0;
        while (line2[n] === ",") {
          n += yield* this.pushCount(1);
          n += yield* this.pushSpaces(true);
          this.flowKey = false;
        }
        n += yield* this.pushIndicators();
        switch (line2[n]) {
          case void 0:
            return "flow";
          case "#":
            yield* this.pushCount(line2.length - n);
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
            if (this.flowKey || isEmpty3(next) || next === ",") {
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
        return yield* this.pushUntil((ch) => isEmpty3(ch) || ch === "#");
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
            if (isEmpty3(next) || inFlow && flowIndicatorChars.has(next))
              break;
            end = i;
          } else if (isEmpty3(ch)) {
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
              if (isEmpty3(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
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
          while (!isEmpty3(ch) && ch !== ">")
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

// src/actions/check/check-files.ts
import { setImmediate as setImmediate2 } from "node:timers/promises";

// src/files/mapped-text.ts
function mapText(text, start = 0) {
  return { text, runs: text === "" ? [] : [{ at: 0, start }] };
}
function joinPieces(pieces) {
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
function sliceText(source, from, to = source.text.length) {
  if (from >= to) return { text: "", runs: [] };
  const runs = [];
  for (let index = runIndex(source, from); index < source.runs.length; index++) {
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
    const line2 = text.slice(at, end);
    const content = line2.trim();
    if (content === name) return { to: at, behind: end, indent: Number.isFinite(indent) ? indent : 0 };
    if (content !== "") indent = Math.min(indent, line2.length - line2.trimStart().length);
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
  let plain = true;
  for (let choices = 0; ; ) {
    skipBlanks(cursor, overLines);
    const unit = peek(cursor);
    if (unit === void 0 || ",)]}\r\n".includes(unit)) break;
    if (unit === ":" && choices === 0) break;
    if (cursor.source.text.startsWith("<<", cursor.at)) terms.push(readTerm(cursor));
    else if (OPERATORS.includes(unit)) {
      if (unit === "?") choices++;
      if (unit === ":") choices--;
      plain = false;
      cursor.at++;
    } else terms.push(readTerm(cursor));
  }
  cursor.depth--;
  const [only, ...others] = terms;
  return plain && only !== void 0 && others.length === 0 ? only : { kind: "other", terms };
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
  const name = readIdentifier(cursor);
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
function decoded(quoted2) {
  try {
    const value = JSON.parse(quoted2);
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
    const line2 = text[cursor.at + 1] === "/";
    if (!line2 && text[cursor.at + 1] !== "*") return false;
    const end = text.indexOf(line2 ? "\n" : "*/", cursor.at + 2);
    if (end < 0 && !line2) return false;
    cursor.at = end < 0 ? text.length : end + (line2 ? 1 : 2);
  }
}
function mapString(text, node) {
  const pieces = [];
  let plain = node.start + 1;
  const end = node.end - 1;
  for (let at = text.indexOf("\\", plain), taken = 0; at >= 0 && at < end; at = text.indexOf("\\", plain)) {
    pieces.push({ text: text.slice(plain, at), start: plain });
    taken += at - plain;
    const length = text[at + 1] === "u" ? 6 : 2;
    pieces.push({ text: node.value[taken] ?? "", start: at + length - 1 });
    taken++;
    plain = at + length;
  }
  pieces.push({ text: text.slice(plain, end), start: plain });
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

// src/files/expansion.ts
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
  return pieces.map(({ text, unknown: unknown3 }) => unknown3?.written ?? text).join("");
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
  return pieces.find(({ unknown: unknown3 }) => unknown3 !== void 0)?.unknown;
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
  const unknown3 = unknownIn(pieces);
  if (unknown3 !== void 0) return unknownReference(pieces, word, unknown3);
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
function unresolvedReference(reference, word, why) {
  return { ...fixedReference(reference, word, why), unresolved: why };
}
function unknownReference(pieces, word, unknown3) {
  const reference = writtenOf(pieces);
  const last = pieces.findLastIndex((piece) => piece.unknown !== void 0);
  const behind = textOf(pieces.slice(last + 1));
  const before = textOf(pieces.slice(0, last));
  const nameOnly = !before.includes("@") && !before.includes(":", before.lastIndexOf("/") + 1);
  const knowsIdentifiers = behind.includes("/") || nameOnly && /[:@]/.test(behind);
  if (!knowsIdentifiers) return unresolvedReference(reference, word, unknown3.why);
  return { ...fixedReference(reference, word, unknown3.why), traits: [{ kind: "name-unknown", why: unknown3.why }] };
}
function distinctReferences(found) {
  const seen = /* @__PURE__ */ new Map();
  for (const reference of found) {
    const { range, shown } = reference;
    seen.set(`${range.start} ${range.end} ${shown.start} ${reference.reference}`, reference);
  }
  return [...seen.values()].toSorted(
    (left, right) => left.shown.start - right.shown.start || left.range.start - right.range.start
  );
}

// src/files/bake-values.ts
var MAX_UNITS = 64 * 1024;
var MAX_TOTAL = 2 * LIMITS.scannedFileBytes;
function newValues(body, mentions) {
  const variables = /* @__PURE__ */ new Map();
  const byId = [];
  const add = (name, expression) => {
    const variable = { id: byId.length, expression, busy: false };
    variables.set(name, variable);
    byId.push({ name, variable });
  };
  for (const { key, value } of body.attributes) if (key !== void 0) add(key, value);
  for (const { type, labels, body: inner } of body.blocks) {
    if (type !== "variable" || labels[0] === void 0) continue;
    add(labels[0], inner.attributes.findLast(({ key }) => key === "default")?.value);
  }
  const state = { variables, left: MAX_TOTAL, depth: 0 };
  return {
    expand: (expression) => expandExpression(state, expression),
    declarations: {
      belongsTo: (id) => mentions.get(byId[id]?.name ?? "") === 1,
      isExposed: () => false,
      defaultOf: (id) => defaultOf(byId[id]?.variable)
    }
  };
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
  if (writtenOf(pieces).length <= MAX_UNITS) return { pieces, consulted };
  return unknown("…", `its variables give more than ${MAX_UNITS} characters`);
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
  const variable = state.variables.get(name);
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
    variable.expansion = {
      pieces: expanded?.pieces ?? unknown(written, `bake computes variable ${name}`).pieces,
      consulted
    };
  }
  state.left -= writtenOf(variable.expansion.pieces).length + variable.expansion.pieces.length;
  if (state.left < 0) return unknown(written, "the variables of this file give too much text");
  return variable.expansion;
}

// src/files/dockerfile-words.ts
var SEPARATORS = "	\v\f\r ";
var OTHER_SPACE = new RegExp("\\p{White_Space}", "u");
function isSpace(unit) {
  if (unit === void 0) return false;
  if (unit <= " ") return unit === " " || unit >= "	" && unit <= "\r";
  return unit > "~" && OTHER_SPACE.test(unit);
}
function trimText(source) {
  let from = 0;
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
function pick(source, ranges) {
  const [only, ...others] = ranges;
  if (only === void 0) return { text: "", runs: [] };
  if (others.length === 0) return sliceText(source, only.start, only.end);
  return joinPieces(ranges.flatMap(({ start, end }) => piecesOf(sliceText(source, start, end))));
}
function keep(ranges, at) {
  const last = ranges.at(-1);
  if (last?.end === at) last.end = at + 1;
  else ranges.push({ start: at, end: at + 1 });
}
function takeFlags(source, escape) {
  const { text } = source;
  const flags = [];
  let at = 0;
  for (; ; ) {
    while (isSpace(text[at])) at++;
    if (!text.startsWith("--", at)) return { flags, rest: at };
    const { end, kept } = takeFlag(text, at, escape);
    const flag = pick(source, kept);
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
function readDirective(line2, comment) {
  if (!line2.startsWith(comment) || line2.length > MAX_LINE) return void 0;
  let at = skipBlanks3(line2, comment.length);
  const nameFrom = at;
  while (/[a-zA-Z0-9]/.test(line2[at] ?? "")) at++;
  const name = line2.slice(nameFrom, at).toLowerCase();
  at = skipBlanks3(line2, at);
  if (!KNOWN.has(name) || line2[at] !== "=" || at + 1 === line2.length) return void 0;
  const from = skipBlanks3(line2, at + 1);
  let to = line2.length;
  while (to > from && isSpace(line2[to - 1])) to--;
  return { name, from, to };
}
function skipBlanks3(line2, from) {
  let at = from;
  while (isSpace(line2[at])) at++;
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
var MAX_DEPTH = 64;
function heredocsOf(line2) {
  const words = splitShellWords(line2, true);
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
function readUntil(lexer, stop, collect) {
  if (++lexer.depth > MAX_DEPTH) return void 0;
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
    if (collect) addToWord(lexer, part.text, part.splits);
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
function readInstruction(line2, escape) {
  const trimmed = trimText(line2);
  const { word, rest } = firstWord(trimmed);
  const tail = sliceText(trimmed, rest);
  const { flags, rest: argumentsAt } = takeFlags(tail, escape);
  return { keyword: word.toLowerCase(), flags, rest: trimText(sliceText(tail, argumentsAt)) };
}
function scanInstructions(source, escape) {
  const instructions = [];
  const cursor = { text: source.text, at: 0 };
  for (let line2 = nextLine(cursor); line2 !== void 0; line2 = nextLine(cursor)) {
    const from = skipBlanks4(source.text, line2.from, line2.to);
    if (from === line2.to || source.text[from] === "#") continue;
    const logical = readContinued(source, cursor, { from, to: line2.to }, escape);
    const instruction = readInstruction(logical, escape);
    if (instruction.keyword === "") continue;
    instructions.push(instruction);
    for (const heredoc of heredocsIn(instruction, logical.text, escape)) skipBody(cursor, heredoc);
  }
  return instructions;
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
  const parts = [];
  let end = continuationAt(source.text, first, escape);
  parts.push({ from: first.from, to: end ?? first.to });
  while (end !== void 0) {
    const line2 = nextLine(cursor);
    if (line2 === void 0) break;
    const from = skipBlanks4(source.text, line2.from, line2.to);
    if (from === line2.to || source.text[from] === "#") continue;
    end = continuationAt(source.text, line2, escape);
    parts.push({ from: line2.from, to: end ?? line2.to });
  }
  const [only, ...others] = parts;
  if (only !== void 0 && others.length === 0) return sliceText(source, only.from, only.to);
  return joinPieces(parts.flatMap(({ from, to }) => piecesOf(sliceText(source, from, to))));
}
function continuationAt(text, line2, escape) {
  let at = line2.to - 1;
  while (at >= line2.from && (text[at] === " " || text[at] === "	")) at--;
  if (at < line2.from || text[at] !== escape) return void 0;
  return at > line2.from && text[at - 1] === escape ? void 0 : at;
}
function skipBlanks4(text, from, to) {
  let at = from;
  while (at < to && isSpace(text[at])) at++;
  return at;
}
function heredocsIn(instruction, line2, escape) {
  if (!line2.includes("<<")) return [];
  const inner = instruction.keyword === "onbuild" ? readInstruction(instruction.rest, escape) : instruction;
  if (!WITH_HEREDOC.has(inner.keyword) || isJsonList(inner.rest.text)) return [];
  return heredocsOf(line2);
}
function isJsonList(text) {
  return text.startsWith("[") && Array.isArray(parseJson(text));
}
function skipBody(cursor, heredoc) {
  for (let line2 = nextLine(cursor); line2 !== void 0; line2 = nextLine(cursor)) {
    let { from } = line2;
    if (heredoc.chomp) while (from < line2.to && cursor.text[from] === "	") from++;
    if (cursor.text.slice(from, line2.to) === heredoc.name) return;
  }
}

// src/files/dockerfile-mount.ts
function mountSources(mount) {
  return (splitFields(mount) ?? []).flatMap((field) => {
    const equals = field.text.indexOf("=");
    if (equals < 0 || field.text.slice(0, equals).toLowerCase() !== "from") return [];
    return [sliceText(field, equals + 1)];
  });
}
function splitFields(source) {
  const { text } = source;
  const fields = [];
  for (let at = 0; ; at++) {
    const quoted2 = text[at] === '"';
    const from = quoted2 ? at + 1 : at;
    const found = text.indexOf(quoted2 ? '"' : ",", from);
    if (quoted2 && found < 0) return void 0;
    const to = found < 0 ? text.length : found;
    const field = sliceText(source, from, to);
    if (!quoted2 && field.text.includes('"')) return void 0;
    fields.push(field);
    at = quoted2 ? to + 1 : to;
    if (at >= text.length) return fields;
    if (text[at] !== ",") return void 0;
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
  let states = new Set(closure(pattern, [0]));
  let found = states.has(pattern.length) ? from : void 0;
  for (let at = from; at < text.length && states.size > 0; at++) {
    if (found !== void 0 && !longest) break;
    steps.left -= states.size;
    if (steps.left < 0) return void 0;
    states = new Set(closure(pattern, advance(pattern, states, text[at] ?? "")));
    if (states.has(pattern.length)) found = at + 1;
  }
  return found;
}
function advance(pattern, states, unit) {
  const next = [];
  for (const state of states) {
    const token = pattern[state];
    if (token?.kind === "star") next.push(state);
    else if (token?.kind === "any" || token?.kind === "unit" && token.unit === unit) next.push(state + 1);
  }
  return next;
}
function closure(pattern, states) {
  const all = [];
  for (let state of states) {
    all.push(state);
    while (pattern[state]?.kind === "star") all.push(++state);
  }
  return all;
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
    else readEscape2(lexer, parts);
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
function readEscape2(lexer, parts) {
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
var MAX_UNITS2 = 4096;
var MAX_PIECES = 64;
function expandWord(source, escape, variables, budget, declaration) {
  const context = { source, variables, declaration, budget, consulted: /* @__PURE__ */ new Set() };
  try {
    if (source.text.length > MAX_UNITS2) throw new SubstitutionError(`it has more than ${MAX_UNITS2} characters`);
    const pieces = limitPieces(expandParts(context, readWord(source.text, escape)));
    return { pieces, consulted: context.consulted };
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error;
    return { failure: error.message, consulted: "many" };
  }
}
function limitPieces(pieces) {
  const written = writtenOf(pieces);
  if (written.length > MAX_UNITS2) throw new SubstitutionError(`its variables give more than ${MAX_UNITS2} characters`);
  if (pieces.length <= MAX_PIECES) return pieces;
  const unknown3 = unknownIn(pieces);
  return [unknown3 === void 0 ? { text: written } : { text: "", unknown: { ...unknown3, written } }];
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
  if (context.budget.units < 0) throw new SubstitutionError("the variables of this file give too much text");
  const anchor = placeOf(context.source, part.to - 1) + 1;
  return limited.map((piece) => Object.assign({}, piece, { anchor }));
}
function choose(context, part, { kind, emptyCounts, word }, value) {
  const present = value === void 0 ? context.variables.absence(part.name).filled : !(emptyCounts && isEmpty(value));
  if (kind === "+") return present ? expandParts(context, word) : [CONDITIONAL];
  if (!present) return kind === "-" ? expandParts(context, word) : absent(context, part);
  return substituted(context, part, value ?? absent(context, part));
}
function isEmpty(pieces) {
  return pieces.every(({ text, unknown: unknown3 }) => text === "" && unknown3?.filled !== true);
}
function change(context, part, operation, value) {
  const word = textOf(expandParts(context, operation.word));
  const longest = operation.kind !== "/" && word.startsWith(operation.kind);
  const pattern = parsePattern(longest ? word.slice(1) : word);
  if (pattern === void 0) throw badSubstitution(context.source.text, part.from);
  const unknown3 = unknownIn(value);
  if (unknown3 !== void 0) {
    return substituted(context, part, [{ text: "", unknown: { ...unknown3, written: writtenPart(context, part) } }]);
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
  const quoted2 = text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote);
  return rangeOf(quoted2 ? sliceText(written, 1, text.length - 1) : written);
}
function absenceOf(name, withoutDefault, count) {
  if (isPlatformArgument(name)) return { why: `${name} depends on the platform of the build`, filled: true };
  if (withoutDefault.has(name)) return { why: `ARG ${name} has no default`, filled: false };
  if (count >= MAX_DECLARATIONS) return { why: `more than ${MAX_DECLARATIONS} ARGs stand before FROM`, filled: false };
  return { why: `no ARG before the first FROM declares ${name}`, filled: false };
}

// src/files/dockerfile-stages.ts
function newStages(steps) {
  const names = /* @__PURE__ */ new Set();
  return {
    add: (name) => names.add(name.toLowerCase()),
    has: (name) => names.has(name.toLowerCase()),
    matches: (pieces) => {
      if (names.size === 0 || !isTelling(pieces)) return false;
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
  if (textOf(pieces) !== "") return true;
  const unknown3 = pieces.filter((piece) => piece.unknown !== void 0);
  return unknown3.length > 0 && unknown3.every(({ unknown: value }) => isPlatformArgument(nameIn(value?.written ?? "")));
}
function nameIn(written) {
  return written.replaceAll(/[${}]/g, "");
}
function patternOf(pieces) {
  return pieces.flatMap((piece) => {
    if (piece.unknown !== void 0) return [{ kind: "star" }];
    return piece.text.toLowerCase().split("").map((unit) => ({ kind: "unit", unit }));
  });
}

// src/files/dockerfile-references.ts
var EMPTY_IMAGE = "scratch";
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
  for (const { word, pieces } of reading.bases) {
    reading.found.push(locateReference(pieces, shownRange(word), declarationsOf(reading)));
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
        for (const word of mountSources(value)) reading.sources.push({ word, where: "RUN --mount=from" });
      });
    case "onbuild": {
      const inner = readInstruction(instruction.rest, reading.escape);
      return inner.keyword === "copy" || inner.keyword === "run" ? readOne(reading, inner) : void 0;
    }
    default:
      return void 0;
  }
}
function collectFlags({ flags }, name, collect) {
  for (const flag of flags) if (flag.text.startsWith(name)) collect(sliceText(flag, name.length));
}
function readFrom(reading, { flags, rest }) {
  const { stages, uses } = reading;
  for (const flag of flags) uses.add(expand(reading, flag).consulted, void 0);
  const [word, as, name] = splitAtBlanks(rest, 3);
  if (word === void 0) return;
  readBase(reading, word);
  if (as?.text.toLowerCase() === "as" && name !== void 0) stages.add(name.text);
}
function readBase(reading, word) {
  const { stages, uses } = reading;
  const expansion = expand(reading, word);
  if (expansion.failure !== void 0) {
    reading.found.push(unresolvedReference(shortened(word.text), shownRange(word), expansion.failure));
    return;
  }
  const { pieces, consulted } = expansion;
  const text = textOf(pieces);
  const known = pieces.every(({ unknown: unknown3 }) => unknown3 === void 0);
  const isStage = known ? text === EMPTY_IMAGE || stages.has(text) : stages.matches(pieces);
  uses.add(consulted, known && !isStage ? pieces : void 0);
  if (isStage) return;
  if (known && text === "") {
    reading.found.push(unresolvedReference(word.text, shownRange(word), "its variables give nothing"));
  } else reading.bases.push({ word, pieces });
}
function expand(reading, word) {
  return expandWord(word, reading.escape, reading.variables, reading.budget);
}
function shownRange(word) {
  const last = piecesOf(word).at(-1);
  return last === void 0 ? rangeOf(word) : { start: last.start, end: last.start + last.text.length };
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
  return expansion.pieces.some(({ unknown: unknown3 }) => unknown3 !== void 0) || textOf(expansion.pieces) !== word.text;
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
  const { line: line2, column } = positionAt(index, range.start);
  const lineStart = index.starts[line2 - 1] ?? 0;
  const nextLine2 = index.starts[line2];
  const end = nextLine2 === void 0 ? range.end : Math.min(range.end, nextLine2 - 1);
  return { line: line2, column, endColumn: Math.max(column, end - lineStart + 1) };
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
  "adoc c cc cjs cpp cs css cts csv diff dockerignore go gz h hcl html ini java js json jsx kt lock log lua map md mdx mjs mts patch php png ps1 py rb rs rst scss sh snap sql sum svg swift tar tf toml ts tsx vim xml yaml yml zip".split(" ")
);
var NAMES = ["dockerfile", "containerfile"];
function matches(path) {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const ending = name.slice(name.lastIndexOf(".") + 1);
  if (NAMES.some((known) => ending === known)) return "yes";
  return NAMES.some((known) => name.startsWith(known)) && !OTHER_ENDINGS.has(ending) ? "yes" : "no";
}
function sitesOf(format, file, found) {
  const lines = indexLines(file.text);
  return found.map(({ shown, reference, unresolved, placement, traits }) => ({
    file: file.path,
    format,
    ...spanOf(lines, shown),
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
    "`# syntax=`"
  ],
  matches,
  mayContain: (text) => text.trim() !== "",
  find: (file) => sitesOf("dockerfile", file, dockerfileReferences(file.text))
};

// src/files/bake.ts
var FILE_NAME = /^docker-bake.*\.(?:hcl|json)$/;
var IMAGE_SCHEME = "docker-image://";
function bakeReferences(file) {
  const mentions = /* @__PURE__ */ new Map();
  const body = readBody2(file, mentions);
  const values = newValues(body, mentions);
  const found = [];
  for (const block of body.blocks) {
    if (block.type !== "target") continue;
    for (const { key, value } of block.body.attributes) {
      if (key === "contexts") found.push(...contextReferences(values, value));
      else if (key === "cache-from") found.push(...cacheReferences(values, value));
      else if (key === "dockerfile-inline") found.push(...inlineReferences(values, value));
    }
  }
  return distinctReferences(found);
}
function readBody2(file, mentions) {
  if (!file.path.toLowerCase().endsWith(".json")) return readHcl(mapText(file.text), mentions);
  const root = scanJson(file.text, "json");
  if (root !== void 0) return bodyOfJson(file.text, root, mentions);
  throw new UserError(
    "bad-input",
    `${file.path} is not JSON`,
    "Correct the file, or leave it out with the input exclude"
  );
}
function entriesOf(expression) {
  if (expression.kind === "object") return expression.entries;
  return expression.kind === "other" ? expression.terms.flatMap(entriesOf) : [];
}
function choicesOf(expression) {
  if (expression.kind === "other") return expression.terms.flatMap(choicesOf);
  return expression.kind === "list" ? expression.items.flatMap(choicesOf) : [expression];
}
function rangeOfExpression(expression) {
  return expression.kind === "template" || expression.kind === "variable" ? expression.range : { start: 0, end: 0 };
}
function contextReferences(values, contexts) {
  return entriesOf(contexts).flatMap(({ value }) => {
    const computed = value.kind === "other";
    return choicesOf(value).flatMap((choice) => {
      const pieces = values.expand(choice)?.pieces ?? [];
      if (!textOf(pieces).startsWith(IMAGE_SCHEME)) return [];
      const reference = slicePieces(pieces, IMAGE_SCHEME.length);
      const range = withoutScheme(choice);
      if (computed && textOf(reference).includes("%")) {
        return [unresolvedReference(writtenOf(reference), range, "a function of bake computes it")];
      }
      return [locateReference(reference, range, values.declarations)];
    });
  });
}
function withoutScheme(expression) {
  const { start, end } = rangeOfExpression(expression);
  if (expression.kind !== "template") return { start, end };
  const [first] = expression.parts;
  const written = first?.kind === "text" && first.pieces[0]?.text.startsWith(IMAGE_SCHEME) === true;
  return { start: written ? start + IMAGE_SCHEME.length : start, end };
}
function cacheReferences(values, cacheFrom) {
  const items = cacheFrom.kind === "list" ? cacheFrom.items : [cacheFrom];
  return items.flatMap((item) => {
    const found = item.kind === "object" ? cacheObject(values, item.entries) : choicesOf(item).flatMap((choice) => cacheText(values, choice));
    return found.map(asBuildCache);
  });
}
function cacheObject(values, entries) {
  const typeOf = entries.findLast(({ key }) => key === "type")?.value;
  const ref = entries.findLast(({ key }) => key === "ref")?.value;
  if (typeOf === void 0 || literalText(typeOf) !== "registry" || ref === void 0) return [];
  const pieces = values.expand(ref)?.pieces;
  return pieces === void 0 ? [] : [locateReference(pieces, rangeOfExpression(ref), values.declarations)];
}
function cacheText(values, choice) {
  const pieces = values.expand(choice)?.pieces ?? [];
  const fields = splitAtCommas(pieces);
  const range = rangeOfExpression(choice);
  const locate2 = (reference) => locateReference(reference, range, values.declarations);
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
function inlineReferences(values, inline) {
  return choicesOf(inline).flatMap((choice) => {
    const own = rangeOfExpression(choice);
    const pieces = values.expand(choice)?.pieces ?? [];
    const placed = pieces.map(({ text, start, anchor, unknown: unknown3 }) => {
      const shown = unknown3?.written ?? text;
      return { text: shown, start: start ?? (anchor ?? own.end) - shown.length };
    });
    return dockerfileReferences(joinPieces(placed)).map((found) => {
      const inside = found.range.start >= own.start && found.range.end <= own.end;
      return inside ? found : withoutRewrite(found, "it is the value of a variable");
    });
  });
}
var bake = {
  id: "bake",
  title: "Bake file of docker buildx",
  files: ["docker-bake*.hcl", "docker-bake*.json"],
  places: [
    "`target.contexts` with `docker-image://`, with the defaults of variables",
    "`target.dockerfile-inline`",
    "`target.cache-from` of type `registry`"
  ],
  matches: (path) => FILE_NAME.test(path.slice(path.lastIndexOf("/") + 1).toLowerCase()) ? "yes" : "no",
  mayContain: (text) => /docker-image:|cache-from|dockerfile-inline/.test(text),
  find: (file) => sitesOf("bake", file, bakeReferences(file))
};

// src/files/compose-variables.ts
var MAX_UNITS3 = 4096;
var MAX_FILE_UNITS = 256 * 1024;
var MAX_DEPTH2 = 16;
function interpolate(source, environment2, alternatives = false, limit = MAX_UNITS3, depth = 0) {
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
    } else if (substitution === void 0 || depth > MAX_DEPTH2) at++;
    else {
      flush(at);
      const value = valuePieces(source, at, substitution, environment2, alternatives, limit, depth);
      units += textOf(value).length;
      pieces.push(...units > limit ? [untold(source.text.slice(at, substitution.end))] : value);
      run = at = substitution.end;
    }
  }
  flush(source.text.length);
  return pieces;
}
function untold(written) {
  const why = "its value is too long or holds an error";
  return { text: "", unknown: { written: written.slice(0, MAX_UNITS3), why, filled: true } };
}
function valuePieces(source, at, { name, operator, colon, word, end }, environment2, alternatives, limit, depth) {
  const value = environment2.get(name);
  const isSet = environment2.has(name) && !(colon && value === "");
  const inner = () => interpolate(sliceText(source, ...word), environment2, alternatives, limit, depth + 1);
  if (operator === "+") return isSet || alternatives ? inner() : [CONDITIONAL];
  if (operator === "-" && !isSet) return inner();
  const written = source.text.slice(at, end);
  if (isSet && value === void 0) return [untold(written)];
  if (isSet) return [{ text: value ?? "", anchor: placeOf(source, end - 1) + 1 }];
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
  const environment2 = /* @__PURE__ */ new Map();
  for (const line2 of text.split("\n")) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*[=:](.*)$/.exec(line2.trimEnd());
    if (match === null || environment2.size >= MAX_VARIABLES) continue;
    const [, name = "", written = ""] = match;
    environment2.set(name, environmentValue(written.trim(), environment2));
  }
  return environment2;
}
function environmentValue(written, environment2) {
  const quote = written[0];
  if (quote === "'") return withinLimit(written.slice(1, closingQuote(written)));
  const value = quote === '"' ? written.slice(1, closingQuote(written)) : written.replace(/(?:^|\s)#.*$/, "").trimEnd();
  const pieces = interpolate({ text: value, runs: [{ at: 0, start: 0 }] }, environment2);
  if (pieces.some(({ unknown: unknown3 }) => unknown3?.filled)) return void 0;
  return unknownIn(pieces) === void 0 ? withinLimit(textOf(pieces)) : "";
}
function withinLimit(value) {
  return value.length > MAX_UNITS3 ? void 0 : value;
}
function closingQuote(written) {
  const close = written.indexOf(written[0] ?? "", 1);
  return close < 0 ? written.length : close;
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
      const escape = readEscape3(file, at, to);
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
function readEscape3(file, at, to) {
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
  for (const line2 of blockLines(file, from, to, indent)) {
    if (line2.text !== "") {
      const now = line2.text.startsWith(" ") || line2.text.startsWith("	") ? "indented" : "text";
      const folds = style === "folded" && before === "text" && now === "text";
      if (folds && pending.length === 1) pieces.push({ text: " ", start: pending[0] ?? from });
      else pieces.push(...pending.slice(folds ? 1 : 0).map((start) => ({ text: "\n", start })));
      pieces.push({ text: line2.text, start: line2.start });
      before = now;
      pending = [];
    }
    if (line2.end < to) pending.push(line2.end);
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
var MAX_REFERENCE_UNITS = 4096;
function referenceScalar(node) {
  const scalar = scalarOf(node);
  return scalar === void 0 || scalar.text.length > MAX_REFERENCE_UNITS ? void 0 : scalar;
}
function referencePart(node) {
  const target = resolveAlias(node);
  if (target?.kind !== "scalar" || target.text.length > MAX_REFERENCE_UNITS) return void 0;
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
var NAMED = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
var BOOLEAN = /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON|false|False|FALSE|no|No|NO|off|Off|OFF)$/;
var TRUE = /^(?:t|y|on)/i;
var INTEGERS = [
  [/^0b[01]+$/, 2],
  [/^0o[0-7]+$/, 8],
  [/^0[0-7]+$/, 8],
  [/^0x[0-9a-fA-F]+$/, 16]
];
var MAX_LENGTH = 64;
function misreadValue({ style, text, tag }) {
  if (style !== "plain" || tag !== void 0 || text.length > MAX_LENGTH) return void 0;
  if (BOOLEAN.test(text)) return TRUE.test(text) ? "true" : "false";
  if (NAMED.test(text)) return text;
  const digits = text.replaceAll("_", "");
  if (!/^[-+.\d]/.test(text)) return void 0;
  const sign = digits.startsWith("-") ? "-" : "";
  const unsigned = digits.replace(/^[-+]/, "");
  const integer = INTEGERS.find(([pattern]) => pattern.test(unsigned));
  if (integer !== void 0) return sign + Number.parseInt(unsigned.replace(/^0[box]?/, ""), integer[1]);
  return FLOAT.test(digits) ? String(Number(digits)) : void 0;
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
  const { at, line: line2, lineStart, first } = state;
  return { kind, start: at, end, line: line2, lastLine, column: at - lineStart, first };
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
function takeProperties(tree, line2) {
  const properties = {};
  for (let token = peek2(tree); token?.line === line2; token = peek2(tree)) {
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
  const digit = /[1-9]/.exec(tree.text.slice(header.start, header.end))?.[0];
  const indent = digit === void 0 ? indentOf(tree.text, start, end) : Math.max(0, parent) + Number(digit);
  return scalarNode(tree, { style, start, end, indent });
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
      const line2 = token.first && token.column === column ? token.line : -1;
      if (line2 >= 0) properties = takeProperties(tree, line2);
      if (line2 < 0 || !isKey(tree)) {
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
    const { line: line2 } = token;
    while (peek2(tree)?.line === line2) pass(tree);
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
  const isEmpty3 = token === void 0 || token.kind === ":";
  const key = finish(tree, isEmpty3 ? emptyNode(token?.start ?? 0) : readLeaf(tree, token, column), properties);
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

// src/files/yaml-site.ts
function quotedRange(scalar) {
  const { start, end, style } = scalar;
  return { start, end, quote: style === "double" ? '"' : style === "single" ? "'" : "" };
}
function misreadTraits(scalar) {
  const value = scalar === void 0 ? void 0 : misreadValue(scalar);
  if (scalar === void 0 || value === void 0) return [];
  return [{ kind: "unquoted-tag", value, range: { start: scalar.start, end: scalar.end } }];
}
function referenceText(file, scalar) {
  return trimText(mapScalar(file, scalar));
}
function wholeReference(file, node) {
  spend(file);
  const scalar = referenceScalar(node);
  if (scalar === void 0) return [];
  return literalReference(referenceText(file, scalar), misreadTraits(scalar));
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
    const scalar = referenceScalar(item);
    const option = /^--?([\w.-]+)(=?)/.exec(scalar?.text ?? "");
    if (scalar === void 0 || option === null || !wanted.has(option[1] ?? "")) return [];
    if (option[2] === "") return wholeReference(file, items[index + 1]);
    return literalReference(sliceText(referenceText(file, scalar), option[0].length));
  });
}

// src/files/compose.ts
var TOP_LEVEL = new Set(
  "version name services networks volumes configs secrets include models".split(" ")
);
function find(file, options) {
  const yaml = readYaml(file.text);
  const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
  const context = { file: yaml, environment: readEnvironment(options.sibling(`${folder}.env`) ?? "") };
  const found = yaml.documents.flatMap(
    (document) => servicesOf(mapOf(document)).flatMap((service) => serviceReferences(context, service))
  );
  return sitesOf("compose", file, distinctReferences([...found, ...namedReferences(yaml, options.imageKeys)]));
}
function servicesOf(root) {
  if (root === void 0) return [];
  const services = valueOf2(root, "services");
  const entries = services === void 0 ? versionOneServices(root) : entriesOf2(mapOf(services) ?? emptyMap);
  return entries.map(({ value }) => mapOf(value)).filter((service) => service !== void 0);
}
var emptyMap = { kind: "map", entries: [], flow: true, column: 0, start: 0, end: 0 };
function versionOneServices(root) {
  return root.entries.filter((entry) => {
    const service = mapOf(entry.value);
    if (service === void 0 || TOP_LEVEL.has(keyOf(entry)) || keyOf(entry).startsWith("x-")) return false;
    return valueOf2(service, "image") !== void 0 || valueOf2(service, "build") !== void 0;
  });
}
function serviceReferences(context, service) {
  const build = presentValue(service, "build");
  const policy = textOf2(presentValue(service, "pull_policy"));
  const isLocal = build !== void 0 || policy === "never" || policy === "build";
  return [
    ...isLocal ? [] : imageReferences(context, presentValue(service, "image")),
    ...buildReferences(context, mapOf(build)),
    ...itemsOf(presentValue(service, "volumes")).flatMap((volume) => {
      const map = mapOf(volume);
      spend(context.file);
      if (map === void 0 || textOf2(valueOf2(map, "type")) !== "image") return [];
      return imageReferences(context, valueOf2(map, "source"));
    })
  ];
}
function presentValue(map, key) {
  const value = valueOf2(map, key);
  if (value === void 0 || value.kind === "alias") return value;
  return value.tag === "!reset" || value.kind === "scalar" && scalarOf(value) === void 0 ? void 0 : value;
}
function buildReferences(context, build) {
  if (build === void 0) return [];
  const inline = scalarOf(valueOf2(build, "dockerfile_inline"));
  spend(context.file, Math.ceil((inline?.text.length ?? 0) / 2));
  return [
    ...inline === void 0 ? [] : dockerfileReferences(interpolatedText(context, inline)),
    ...contextReferences2(context, valueOf2(build, "additional_contexts")),
    ...itemsOf(valueOf2(build, "cache_from")).flatMap((item) => cacheReferences2(context, item)),
    ...generatorReferences(context, valueOf2(build, "sbom"))
  ];
}
function interpolatedText({ file, environment: environment2 }, scalar) {
  const text = referenceText(file, scalar);
  let place = placeOf(text, 0);
  return joinPieces(
    interpolate(text, environment2, false, MAX_FILE_UNITS).map((piece) => {
      if (piece.start === void 0) spend(file, Math.ceil(piece.text.length / 2));
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
    const isEmpty3 = pieces.every((piece) => piece.text === "" && piece.unknown === void 0);
    return isEmpty3 ? interpolate(text, context.environment, true) : pieces;
  });
}
function locate({ file }, node, expand3) {
  spend(file);
  const scalar = referenceScalar(node);
  if (scalar === void 0) return [];
  const text = referenceText(file, scalar);
  const pieces = expand3(text);
  if (pieces.every((piece) => piece.text === "" && piece.unknown === void 0)) return [];
  const found = withoutBlanks2(locateReference(pieces, rangeOf(text), NO_DECLARATIONS));
  return [{ ...found, traits: [...found.traits, ...misreadTraits(scalar)] }];
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
    "`services.*.image`, unless the service is built",
    "`services.*.build`: `dockerfile_inline`, `additional_contexts`, `cache_from`, `sbom`",
    "`services.*.volumes` of type `image`",
    "services of version 1 files, fragments that are used by alias or merge key",
    "`${NAME:-default}` and the other substitutions, with the values of `.env` beside the file"
  ],
  matches: (path) => /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i.test(path) ? "yes" : "no",
  mayContain: (text) => /image|dockerfile_inline|cache_from|generator=/i.test(text),
  find
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

// src/files/github-matrix.ts
var MAX_COMBINATIONS = 256;
var NO_MATRIX = { combinations: [/* @__PURE__ */ new Map()], computed: false };
function readMatrix(file, job) {
  const strategy = mapOf(valueOf2(job, "strategy"));
  const node = strategy === void 0 ? void 0 : valueOf2(strategy, "matrix");
  if (node === void 0) return NO_MATRIX;
  const matrix = mapOf(node);
  if (matrix === void 0) return { combinations: [/* @__PURE__ */ new Map()], computed: true };
  const axes = matrix.entries.filter((entry) => !["include", "exclude"].includes(keyOf(entry)));
  const lists = axes.filter(({ value }) => resolveAlias(value)?.kind === "list");
  const include = valueOf2(matrix, "include");
  const computed = lists.length < axes.length || include !== void 0 && resolveAlias(include)?.kind !== "list";
  let combinations = lists.length === 0 ? [] : [/* @__PURE__ */ new Map()];
  for (const [index, entry] of lists.entries()) {
    combinations = product(combinations, keyOf(entry), itemsOf(entry.value));
    spend(file, combinations.length * (index + 1));
  }
  const excluded = entriesOf3(valueOf2(matrix, "exclude"));
  const kept = combinations.filter((combination) => !excluded.some((entry) => matches2(combination, entry)));
  return { combinations: includeEntries(kept, new Set(lists.map(keyOf)), entriesOf3(include)), computed };
}
function product(combinations, key, values) {
  return combinations.flatMap((combination) => values.map((value) => new Map(combination).set(key, value))).slice(0, MAX_COMBINATIONS);
}
function entriesOf3(list2) {
  const maps = itemsOf(list2).map(mapOf);
  return maps.filter((map) => map !== void 0).slice(0, MAX_COMBINATIONS).map((map) => new Map(map.entries.map((entry) => [keyOf(entry), entry.value])));
}
function matches2(combination, entry) {
  return [...entry].every(([key, value]) => isSame(combination.get(key), value));
}
function isSame(left, right) {
  const [one, other] = [resolveAlias(left), resolveAlias(right)];
  return one === other || textOf2(one) !== void 0 && textOf2(one) === textOf2(other);
}
function includeEntries(combinations, listKeys, entries) {
  const extended = [...combinations];
  const added = [];
  for (const entry of entries) {
    const lists = [...entry].filter(([key]) => listKeys.has(key));
    let isUsed = false;
    for (const [index, combination] of combinations.entries()) {
      if (!matches2(combination, new Map(lists))) continue;
      isUsed = true;
      extended[index] = new Map([...extended[index] ?? combination, ...entry]);
    }
    if (!isUsed) added.push(entry);
  }
  return [...extended, ...added].slice(0, MAX_COMBINATIONS);
}

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
  if (/[A-Za-z_]/.test(unit)) return readPath(reader);
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
function readPath(reader) {
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
  if (!takeText(reader, ")")) {
    do {
      if (readChain(reader, "or") === void 0) return void 0;
    } while (takeText(reader, ","));
    if (!takeText(reader, ")")) return void 0;
  }
  reader.depth--;
  return { kind: "other", what: `${name}()` };
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
  return pieces.map(({ text, start, declaration, unknown: unknown3 }) => {
    const own = declaration ?? (start === void 0 ? void 0 : scalar.start);
    return {
      text,
      ...start === void 0 ? {} : { start },
      ...own === void 0 ? {} : { declaration: own },
      ...unknown3 === void 0 ? {} : { unknown: unknown3 }
    };
  });
}
var VariableUses = class {
  file;
  mention;
  variables = /* @__PURE__ */ new Map();
  references = /* @__PURE__ */ new Map();
  mentions;
  /** `mention` finds every use of a variable in the file's text. */
  constructor(file, mention) {
    this.file = file;
    this.mention = mention;
  }
  /** Notes that a substitution at `at` gives the value that this scalar is. */
  record(scalar, name, at) {
    const use = this.variables.get(scalar.start) ?? { scalar, name, places: /* @__PURE__ */ new Set() };
    use.places.add(at);
    this.variables.set(scalar.start, use);
  }
  /** Notes a reference that was put together from these pieces. */
  recordReference(pieces) {
    for (const { declaration } of pieces) {
      if (declaration === void 0) continue;
      const references = this.references.get(declaration) ?? /* @__PURE__ */ new Set();
      this.references.set(declaration, references.add(textOf(pieces)));
    }
  }
  /** The reference that pieces give, once every reference is recorded. One of several is shown at its own value. */
  locate(pieces, word) {
    const declarations = this.declarations();
    const located = withoutBlanks2(locateReference(pieces, word, declarations));
    const found = { ...located, traits: [...located.traits, ...this.misread(pieces)] };
    const last = pieces.findLast(({ declaration, anchor }) => declaration !== void 0 && anchor === void 0);
    const value = last?.declaration === void 0 ? void 0 : declarations.defaultOf(last.declaration);
    if (value === void 0 || found.placement.kind !== "none" || found.unresolved !== void 0) return found;
    return { ...found, range: value.range, shown: value.range };
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
var MAX_UNITS4 = 4096;
function expandExpressions(scope, source, depth = 0) {
  if (source.text.length > MAX_UNITS4) {
    return tooLong(source);
  }
  let texts = [[]];
  let run = 0;
  const add = (values) => {
    texts = texts.flatMap((text) => values.map((value) => [...text, ...value])).slice(0, MAX_TEXTS);
  };
  for (let at = source.text.indexOf("${{"); at >= 0; at = source.text.indexOf("${{", run)) {
    const close = source.text.indexOf("}}", at);
    add([literalPieces(sliceText(source, run, at))]);
    spend(scope.uses.file);
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
    const { unknown: unknown3, isSingle } = value;
    const anchor = placeOf(source, close + 1) + 1;
    if (isSingle === true && unknown3 === void 0) add(value.texts.map((pieces) => anchoredAt(anchor, pieces)));
    else if (unknown3 === void 0 || value.texts.length > 0) add(value.texts);
    else add([[{ text: "", unknown: { written, why: unknown3, filled: false } }]]);
  }
  add([literalPieces(sliceText(source, run))]);
  return texts;
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
  if (expression.kind === "literal") return literalValue(evaluation, expression);
  if (expression.kind === "path") return pathValue(evaluation, expression.path);
  if (expression.kind === "other") return unknownValue(`it is computed by ${expression.what}`);
  const values = expression.operands.map((operand) => evaluate(evaluation, operand));
  if (expression.kind === "or") return alternativeValue(values);
  const last = values.at(-1) ?? emptyValue;
  return values.slice(0, -1).every((value) => !value.maybeEmpty) ? last : { ...last, maybeEmpty: true };
}
function alternativeValue(values) {
  const used = values.slice(0, values.findIndex((value) => !value.maybeEmpty) + 1 || values.length);
  const texts = used.flatMap((value) => value.texts.filter((text) => textOf(text) !== ""));
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
      const map = scope.environments.find((environment2) => valueOf2(environment2, name) !== void 0);
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

// src/files/github-inputs.ts
var IMAGE_INPUTS = {
  "docker/build-push-action": {
    "build-contexts": "contexts",
    "cache-from": "cache",
    sbom: "generator",
    attests: "generator"
  },
  "docker/bake-action": { set: "contexts", sbom: "generator" },
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

// src/files/shell-options.ts
function table2(values, flags) {
  return { values: new Set(values.split(/\s+/)), flags: new Set(flags.split(/\s+/)) };
}
var RUN_OPTIONS = table2(
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
var PULL_OPTIONS = table2(
  `platform arch authfile cert-dir creds decryption-key os policy retry retry-delay variant
  cosign-key ipfs-address snapshotter verify unpack`,
  "all-tags a disable-content-trust quiet q help tls-verify all-platforms"
);
var GLOBAL_OPTIONS = table2(
  `config context c host H log-level l tlscacert tlscert tlskey connection identity module url root runroot
  storage-driver storage-opt namespace n address snapshotter data-root cgroup-manager`,
  "debug D tls tlsverify help v version remote r"
);

// src/files/shell-docker.ts
var ENGINES = /* @__PURE__ */ new Set(["docker", "podman", "nerdctl", "buildah"]);
var PREFIXES = new Set(
  "! { if then elif else do while until time exec command builtin nohup sudo env nice".split(" ")
);
function imagesOf(command) {
  const words = engineWords(command);
  const [verb, rest] = verbOf(words);
  switch (verb) {
    case "run":
    case "create":
      return { used: literals([imageArgument(rest, RUN_OPTIONS)]), made: [] };
    case "pull":
      return { used: literals([imageArgument(rest, PULL_OPTIONS)]), made: [] };
    case "build":
    case "bud":
      return { used: buildImages(rest), made: optionValues(rest, ["--tag", "-t"]).map(({ text }) => text) };
    case "buildx create":
      return { used: driverImages(rest), made: [] };
    case "tag":
    case "commit":
      return { used: [], made: rest.slice(-1).map(({ text }) => text.text) };
    default:
      return { used: [], made: [] };
  }
}
function engineWords(command) {
  let at = 0;
  for (; at < command.length; at++) {
    const word = command[at]?.text.text ?? "";
    const isPrefix = PREFIXES.has(word) || /^[A-Za-z_]\w*=/.test(word) || at > 0 && /^-[A-Za-z]+$/.test(word);
    if (!isPrefix) break;
  }
  const name = command[at];
  if (name === void 0 || name.dynamic) return [];
  return ENGINES.has(name.text.text.slice(name.text.text.lastIndexOf("/") + 1)) ? command.slice(at + 1) : [];
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
function literals(words) {
  return words.filter((word) => word !== void 0 && !word.dynamic).map((word) => withoutScheme2(word));
}
function withoutScheme2(word) {
  const text = word?.text ?? { text: "", runs: [] };
  return text.text.startsWith("docker://") ? sliceText(text, "docker://".length) : text;
}
function imageArgument(words, options) {
  const at = firstArgument(words, options);
  return at === void 0 ? void 0 : words[at];
}
function firstArgument(words, options) {
  let at = 0;
  while (at < words.length) {
    const word = words[at]?.text.text ?? "";
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
function optionValues(words, names) {
  const values = [];
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if (names.includes(word.text.text) && next !== void 0 && !next.dynamic) values.push(next.text);
    const name = names.find((option) => word.text.text.startsWith(`${option}=`));
    if (name !== void 0 && !word.dynamic) values.push(sliceText(word.text, name.length + 1));
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
  let from = 0;
  while (from <= fields.text.length) {
    const comma = fields.text.indexOf(",", from);
    const end = comma < 0 ? fields.text.length : comma;
    if (fields.text.startsWith(`${key}=`, from)) return [sliceText(fields, from + key.length + 1, end)];
    from = end + 1;
  }
  return [];
}
function sameImage(text) {
  try {
    return formatReference(withDefaultTag(parseReference(text)));
  } catch (error) {
    if (error instanceof UserError) return text;
    throw error;
  }
}

// src/files/shell.ts
var MAX_DEPTH5 = 32;
function readCommands(source, depth = 0) {
  const script = { source, text: source.text, at: 0, depth, commands: [], heredocs: [] };
  while (script.at < script.text.length) {
    readList3(script);
    script.at++;
  }
  return script.commands;
}
function readList3(script) {
  let words = [];
  let open = 0;
  const end = () => {
    if (words.length > 0) script.commands.push(words);
    words = [];
  };
  while (script.at < script.text.length) {
    const unit = script.text[script.at];
    if (unit === ")" && open === 0) break;
    if (isBlank2(script)) script.at += unit === "\\" ? 2 : 1;
    else if (unit === "#") script.at = lineEnd(script.text, script.at);
    else if (unit === "\n") {
      end();
      script.at++;
      skipHeredocs(script);
    } else if (unit === "<" || unit === ">") readRedirection(script, words);
    else if (unit === "&" && script.text[script.at + 1] === ">") script.at++;
    else if (";&|()".includes(unit ?? "")) {
      end();
      open += unit === "(" ? 1 : unit === ")" ? -1 : 0;
      script.at++;
    } else words.push(readWord2(script));
  }
  end();
}
function isBlank2({ text, at }) {
  const unit = text[at];
  return unit === " " || unit === "	" || unit === "\r" || unit === "\\" && text[at + 1] === "\n";
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
  while (isBlank2(script)) script.at += script.text[script.at] === "\\" ? 2 : 1;
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
      const line2 = script.text.slice(script.at, end);
      script.at = end + 1;
      if ((tabs ? line2.replace(/^\t+/, "") : line2) === delimiter) break;
    }
  }
  script.heredocs = [];
}
var WORD_ENDS = " 	\r\n;&|()<>";
var PATTERN_UNITS = "*?[{~";
var WORD_STOPS = `${WORD_ENDS}${PATTERN_UNITS}\\'"$\``;
function ordinaryEnd(text, from, stops) {
  let end = from;
  while (end < text.length && !stops.includes(text[end] ?? "")) end++;
  return end;
}
function readWord2(script) {
  const pieces = [];
  let dynamic = false;
  const take = (from, to) => pieces.push(...piecesOf(sliceText(script.source, from, to)));
  while (script.at < script.text.length) {
    const { text, at } = script;
    const unit = text[at] ?? "";
    if (WORD_ENDS.includes(unit)) break;
    if (unit === "\\") {
      if (text[at + 1] !== "\n") take(at + 1, at + 2);
      script.at += 2;
    } else if (unit === "'") {
      const close = text.indexOf("'", at + 1);
      const end = close < 0 ? text.length : close;
      take(at + 1, end);
      script.at = end + 1;
    } else if (unit === '"') dynamic = readDoubleQuotes(script, take) || dynamic;
    else if (isExpansion(text, at)) {
      readExpansion(script);
      dynamic = true;
    } else {
      dynamic ||= PATTERN_UNITS.includes(unit);
      script.at = ordinaryEnd(text, at + 1, WORD_STOPS);
      take(at, script.at);
    }
  }
  return { text: joinPieces(pieces), dynamic };
}
function readDoubleQuotes(script, take) {
  let dynamic = false;
  script.at++;
  while (script.at < script.text.length && script.text[script.at] !== '"') {
    const { text, at } = script;
    if (text[at] === "\\" && '$`"\\\n'.includes(text[at + 1] ?? " ")) {
      if (text[at + 1] !== "\n") take(at + 1, at + 2);
      script.at += 2;
    } else if (isExpansion(text, at)) {
      readExpansion(script);
      dynamic = true;
    } else {
      script.at = ordinaryEnd(text, at + 1, '"\\$`');
      take(at, script.at);
    }
  }
  script.at++;
  return dynamic;
}
function isExpansion(text, at) {
  return text[at] === "`" || text[at] === "$" && /[\w({@*#?$!'"-]/.test(text[at + 1] ?? "");
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
  script.commands.push(...readCommands(sliceText(script.source, from, to), script.depth + 1));
}
function closingBrace(text, from) {
  let open = 1;
  for (let at = from; at < text.length && text[at] !== "\n"; at++) {
    if (text[at] === "{") open++;
    else if (text[at] === "}" && --open === 0) return at;
  }
  return -1;
}

// src/files/github-steps.ts
function newReading(uses) {
  return { uses, candidates: [], found: [], own: /* @__PURE__ */ new Set() };
}
function finishReading({ uses, candidates, found, own }) {
  for (const { pieces } of candidates) uses.recordReference(pieces);
  const located = candidates.map(({ pieces, word, purpose }) => ({
    reference: uses.locate(pieces, word),
    purpose
  }));
  return [...found, ...located].filter(({ reference, purpose }) => purpose === "pulled" || !own.has(sameImage(reference.reference))).map(({ reference, purpose }) => purpose === "cache" ? asBuildCache(reference) : reference);
}
function addLiteral2({ found }, text, purpose, traits = []) {
  for (const reference of literalReference(text, traits)) found.push({ reference, purpose });
}
function readReference(reading, scopes, node) {
  spend(reading.uses.file);
  const scalar = referenceScalar(node);
  if (scalar === void 0) return;
  const text = referenceText(reading.uses.file, scalar);
  if (text.text.includes("${{")) readExpressions(reading, scopes, text, "pulled");
  else addLiteral2(reading, text, "pulled", misreadTraits(scalar));
}
function readExpressions(reading, scopes, text, purpose) {
  const relevant = text.text.includes("matrix") ? scopes : scopes.slice(0, 1);
  const seen = /* @__PURE__ */ new Set();
  for (const scope of relevant) {
    for (const pieces of expandExpressions(scope, text)) {
      const identity = pieces.map((piece) => `${piece.start ?? ""} ${piece.text}`).join("|");
      const isEmpty3 = pieces.every((piece) => piece.text === "" && piece.unknown === void 0);
      if (isEmpty3 || seen.has(identity)) continue;
      seen.add(identity);
      reading.candidates.push({ pieces, word: rangeOf(text), purpose });
    }
  }
}
function readSteps(reading, scopes, steps) {
  for (const step of itemsOf(steps).map(mapOf)) {
    spend(reading.uses.file);
    if (step === void 0) continue;
    readSteps(reading, scopes, valueOf2(step, "parallel"));
    readSteps(reading, scopes, valueOf2(step, "steps"));
    const environment2 = mapOf(valueOf2(step, "env"));
    if (environment2 !== void 0) spend(reading.uses.file, scopes.length);
    const inner = environment2 === void 0 ? scopes : scopes.map((scope) => withEnvironment(scope, environment2));
    readUses(reading, inner, step);
    readScript(reading, step);
  }
}
function withEnvironment(scope, environment2) {
  return { ...scope, environments: [environment2, ...scope.environments] };
}
var DOCKER = "docker://";
function readUses(reading, scopes, step) {
  const uses = referenceScalar(valueOf2(step, "uses"));
  if (uses === void 0) return;
  if (uses.text.startsWith(DOCKER)) {
    addLiteral2(reading, sliceText(referenceText(reading.uses.file, uses), DOCKER.length), "pulled");
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
      for (const line2 of linesOf(referenceText(reading.uses.file, scalar))) {
        for (const tag of line2.text.split(",")) reading.own.add(sameImage(tag.trim()));
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
  for (const part of linesOf(text).flatMap((line2) => partsOf(line2, shape))) {
    if (part.text.includes("${{")) readExpressions(reading, scopes, part, purpose);
    else addLiteral2(reading, part, purpose);
  }
}
function partsOf(line2, shape) {
  if (shape === "driver-opts") return fieldOf(line2, "image");
  if (shape === "generator") return fieldOf(line2, "generator");
  if (shape === "contexts") {
    const at = line2.text.indexOf(CONTEXT);
    return at < 0 ? [] : [sliceText(line2, at + CONTEXT.length)];
  }
  if (shape === "cache") {
    if (!line2.text.includes("type=")) return [line2];
    return line2.text.includes("type=registry") ? fieldOf(line2, "ref") : [];
  }
  const scheme = /^(?:docker|registry):\/\//.exec(line2.text)?.[0] ?? "";
  const rest = sliceText(line2, scheme.length);
  return rest.text.includes("://") ? [] : [rest];
}
var CONTEXT = "=docker-image://";
function readNodes(reading, text) {
  const nodes = readYaml(text);
  for (const map of nodes.documents.flatMap((document) => [...mapsIn(document)])) {
    const options = valueOf2(map, "driver-opts");
    for (const item of [options, ...itemsOf(options)]) {
      const scalar = scalarOf(item);
      const lines = scalar === void 0 ? [] : linesOf(referenceText(nodes, scalar));
      for (const part of lines.flatMap((line2) => fieldOf(line2, "image"))) {
        if (!part.text.includes("${{")) addLiteral2(reading, part, "pulled");
      }
    }
  }
}
function linesOf(text) {
  const lines = [];
  for (let from = 0; from < text.text.length; ) {
    const newline = text.text.indexOf("\n", from);
    const end = newline < 0 ? text.text.length : newline;
    const line2 = text.text.slice(from, end);
    const start = from + line2.length - line2.trimStart().length;
    if (line2.trim() !== "" && !line2.trim().startsWith("#")) {
      lines.push(sliceText(text, start, start + line2.trim().length));
    }
    from = end + 1;
  }
  return lines;
}
var ENGINE = /\b(?:docker|podman|nerdctl|buildah)\b/;
var SHELLS = /^(?:bash|sh|zsh|dash|ksh|pwsh|powershell|cmd)\b/;
function readScript(reading, step) {
  const script = scalarOf(valueOf2(step, "run"));
  const shell = textOf2(valueOf2(step, "shell")) ?? "sh";
  if (script === void 0) return;
  spend(reading.uses.file, Math.ceil(script.text.length / 8));
  if (!ENGINE.test(script.text) || !SHELLS.test(shell)) return;
  if (/^(?:pwsh|powershell)/.test(shell) && script.text.includes("`")) return;
  for (const command of readCommands(referenceText(reading.uses.file, script))) {
    const { used, made } = imagesOf(command);
    for (const text of used) addLiteral2(reading, text, "maybe-own");
    for (const name of made) reading.own.add(sameImage(name));
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
    if (job !== void 0) readJob(reading, withOwnEnvironment(scope, root), job);
  }
}
function withOwnEnvironment(scope, owner) {
  const environment2 = mapOf(valueOf2(owner, "env"));
  return environment2 === void 0 ? scope : withEnvironment(scope, environment2);
}
var JOB_WORK = 100;
function readJob(reading, outer, job) {
  spend(reading.uses.file, JOB_WORK);
  const scope = withOwnEnvironment(outer, job);
  const { combinations, computed } = readMatrix(reading.uses.file, job);
  const used = combinations.length === 0 ? NO_MATRIX.combinations : combinations;
  const scopes = used.map((combination) => Object.assign({}, scope, { combination, computedMatrix: computed }));
  const container = valueOf2(job, "container");
  const containerMap = mapOf(container);
  readReference(reading, scopes, containerMap === void 0 ? container : valueOf2(containerMap, "image"));
  const services = mapOf(valueOf2(job, "services"));
  for (const { value } of services === void 0 ? [] : entriesOf2(services)) {
    const service = mapOf(value);
    if (service !== void 0) readReference(reading, scopes, valueOf2(service, "image"));
  }
  readSteps(reading, scopes, valueOf2(job, "steps"));
}
var DOCKER2 = "docker://";
function readAction(reading, root) {
  const runs = mapOf(valueOf2(root, "runs"));
  if (runs === void 0) return;
  const image = scalarOf(valueOf2(runs, "image"));
  if (image?.text.startsWith(DOCKER2) === true) {
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
  readSteps(reading, [scope], valueOf2(runs, "steps"));
}
var STEP_PLACES = [
  "steps: `uses: docker://…`, those in `parallel` groups included",
  "image inputs of well-known actions (docker/build-push-action, aquasecurity/trivy-action, …)",
  "`docker run`, `create`, `pull` and `build --build-context` in `run`, of podman and nerdctl as well; literal ones only"
];
var githubWorkflow = {
  id: "github-workflow",
  title: "GitHub workflows",
  files: [".github/workflows/*.yml", ".github/workflows/*.yaml"],
  places: [
    "`jobs.*.container`, `jobs.*.services.*.image`",
    ...STEP_PLACES,
    "`${{ matrix.x }}`, `${{ inputs.x || 'image' }}` and `${{ env.x }}` in them"
  ],
  matches: (path) => /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/.test(path) ? "yes" : "no",
  mayContain: (text) => /docker|image|container|podman|nerdctl|buildah/.test(text),
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

// src/files/gitlab-variables.ts
var MAX_DEPTH6 = 8;
var MAX_TEXTS2 = 64;
var MAX_PIECES3 = 64;
var MAX_UNITS5 = 4096;
var SUBSTITUTION = /\$(?:\$|\[\[\s*inputs\.([\w-]+)[^\]]*\]\]|\{(\w+)\}|\{[^{}]*\}|([A-Za-z_]\w*))/g;
function expandVariables(variables, source, depth = 0) {
  if (source.text.length > MAX_UNITS5) {
    return tooLong2(source);
  }
  let texts = [[]];
  let run = 0;
  const add = (values) => {
    texts = texts.flatMap((text) => values.map((value) => [...text, ...value])).slice(0, MAX_TEXTS2);
  };
  for (const match of source.text.matchAll(SUBSTITUTION)) {
    const [written, input, braced, plain] = match;
    spend(variables.uses.file);
    if (texts.some((pieces) => pieces.length > MAX_PIECES3)) return tooLong2(source);
    add([literalPieces(sliceText(source, run, match.index))]);
    run = match.index + written.length;
    const name = braced ?? plain;
    const place = { at: placeOf(source, match.index), anchor: placeOf(source, run - 1) + 1, written, depth };
    if (input !== void 0) add(inputTexts(variables, input, place));
    else if (name === void 0 && written !== "$$") add(unknown2(place, "GitLab knows no such form of a variable"));
    else
      add(name === void 0 ? [literalPieces(sliceText(source, run - 1, run))] : namedTexts(variables, name, place));
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
  for (const map of variables.maps) {
    const value = valueOf2(map, name);
    const detailed = mapOf(value);
    const scalar = scalarOf(detailed === void 0 ? value : valueOf2(detailed, "value"));
    if (scalar !== void 0) return scalarTexts(variables, scalar, place).map((pieces) => anchored2(pieces, place));
    if (value !== void 0) return [[]];
  }
  const included = variables.included.get(name);
  if (included !== void 0) return [[{ text: included, anchor: place.anchor }]];
  const predefined = /^(?:CI|GITLAB)(?:_|$)/.test(name);
  return unknown2(place, `the variable ${name} is ${predefined ? "set by GitLab" : "not set in the file"}`);
}
function inputTexts({ inputs, ...variables }, name, place) {
  const input = inputs === void 0 ? void 0 : mapOf(valueOf2(inputs, name));
  const scalar = input === void 0 ? void 0 : scalarOf(valueOf2(input, "default"));
  if (scalar === void 0) return unknown2(place, `the input ${name} has no default`);
  return scalarTexts({ inputs, ...variables }, scalar, place).map((pieces) => anchored2(pieces, place));
}
function unknown2({ written }, why) {
  return [[{ text: "", unknown: { written, why, filled: false } }]];
}
function scalarTexts(variables, scalar, place) {
  const text = referenceText(variables.uses.file, scalar);
  variables.uses.record(scalar, void 0, place.at);
  if (!text.text.includes("$")) return [literalPieces(text, scalar.start)];
  if (place.depth >= MAX_DEPTH6) return unknown2(place, "its variables refer to one another");
  return expandVariables(variables, text, place.depth + 1).map((pieces) => declaredBy(scalar, pieces));
}
function anchored2(pieces, { anchor }) {
  return pieces.map((piece, index) => index === pieces.length - 1 ? Object.assign({}, piece, { anchor }) : piece);
}
function matrixOf(job) {
  const values = /* @__PURE__ */ new Map();
  const parallel = mapOf(valueOf2(job, "parallel"));
  for (const entry of itemsOf(parallel === void 0 ? void 0 : valueOf2(parallel, "matrix")).map(mapOf)) {
    for (const variable of entry?.entries ?? []) {
      const list2 = values.get(keyOf(variable)) ?? [];
      const scalars = [variable.value, ...itemsOf(variable.value)].map(scalarOf).filter((scalar) => scalar !== void 0);
      values.set(keyOf(variable), [...list2, ...scalars].slice(0, MAX_TEXTS2));
    }
  }
  return values;
}
function plainVariables(root) {
  const variables = mapOf(valueOf2(mapOf(root) ?? NOTHING, "variables"));
  const values = /* @__PURE__ */ new Map();
  for (const entry of variables?.entries ?? []) {
    const detailed = mapOf(entry.value);
    const text = scalarOf(detailed === void 0 ? entry.value : valueOf2(detailed, "value"))?.text;
    if (text !== void 0 && !text.includes("$")) values.set(keyOf(entry), text);
  }
  return values;
}
var NOTHING = { kind: "map", entries: [], flow: true, column: 0, start: 0, end: 0 };
function isEmpty2(pieces) {
  return textOf(pieces) === "" && pieces.every((piece) => piece.unknown === void 0);
}

// src/files/gitlab-ci.ts
var KEYWORDS = new Set(
  "include stages variables workflow cache before_script after_script spec image services".split(" ")
);
var MAX_INCLUDES = 150;
var MAX_EXTENDS = 11;
function find2(file, { imageKeys, sibling, isIncluded = false }) {
  const yaml = readYaml(file.text);
  const roots = yaml.documents.map(mapOf).filter((root) => root !== void 0);
  const specs = roots.map((root) => mapOf(valueOf2(root, "spec"))).filter((spec) => spec !== void 0);
  const inputs = specs.map((spec) => mapOf(valueOf2(spec, "inputs"))).find((map) => map !== void 0);
  const found = [];
  for (const root of isIncluded || matches3(file.path) === "yes" ? roots : roots.filter(isPipeline)) {
    const uses = new VariableUses(yaml, /\$(?:\{\w+|\w+)/g);
    const included = includedVariables(root, sibling);
    const pipeline = { root, jobs: jobsOf(root), uses, included, inputs, found, candidates: [] };
    readPipeline(pipeline);
    for (const { pieces } of pipeline.candidates) uses.recordReference(pieces);
    found.push(...pipeline.candidates.map(({ pieces, word }) => uses.locate(pieces, word)));
  }
  return sitesOf("gitlab-ci", file, distinctReferences([...found, ...namedReferences(yaml, imageKeys)]));
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
    const job = KEYWORDS.has(keyOf(entry)) ? void 0 : mapOf(entry.value);
    if (job !== void 0) readPlaces(pipeline, job, variablesOf(pipeline, job));
  }
}
function readPlaces(pipeline, owner, variables) {
  readImage(pipeline, valueOf2(owner, "image"), variables);
  for (const service of itemsOf(valueOf2(owner, "services"))) readImage(pipeline, service, variables);
}
function readImage(pipeline, node, variables) {
  spend(pipeline.uses.file);
  const map = mapOf(node);
  const scalar = referenceScalar(map === void 0 ? node : valueOf2(map, "name"));
  if (scalar === void 0) return;
  const file = pipeline.uses.file;
  const text = referenceText(file, scalar);
  if (!text.text.includes("$")) {
    pipeline.found.push(...literalReference(text, misreadTraits(scalar)));
    return;
  }
  for (const pieces of expandVariables(variables, text)) {
    if (!isEmpty2(pieces)) pipeline.candidates.push({ pieces, word: rangeOf(text) });
  }
}
function variablesOf(pipeline, job) {
  const { root, uses, included, inputs } = pipeline;
  const owners = job === void 0 ? [] : [job, ...extendedJobs(pipeline, job)];
  const maps = [...owners, root].map((owner) => mapOf(valueOf2(owner, "variables")));
  const matrix = job === void 0 ? /* @__PURE__ */ new Map() : matrixOf(job);
  return { uses, maps: maps.filter((map) => map !== void 0), matrix, included, inputs };
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
function includedVariables(root, sibling) {
  const variables = /* @__PURE__ */ new Map();
  let left = LIMITS.scannedFileBytes;
  for (const path of localIncludes(root)) {
    const text = sibling(path);
    if (text === void 0 || !text.includes("variables") || text.length > left) continue;
    left -= text.length;
    const { documents } = readYaml(text);
    for (const [name, value] of plainVariables(documents.at(-1))) variables.set(name, value);
  }
  return variables;
}
function localIncludes(root) {
  const include = valueOf2(root, "include");
  return [include, ...itemsOf(include)].slice(0, MAX_INCLUDES).flatMap((item) => {
    const map = mapOf(item);
    const path = textOf2(map === void 0 ? item : valueOf2(map, "local"))?.replace(/^\/+/, "") ?? "";
    return path === "" || /[*$]|:\/\/|(?:^|\/)\.\.(?:\/|$)/.test(path) ? [] : [path];
  });
}
function includes(text) {
  if (!text.includes("include")) return [];
  const roots = readYaml(text).documents.map(mapOf);
  return roots.flatMap((root) => root === void 0 ? [] : localIncludes(root));
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
  return /image|services/.test(text) && !/^apiVersion:/m.test(text);
}
var gitlabCi = {
  id: "gitlab-ci",
  title: "GitLab CI",
  files: [".gitlab-ci.yml", "*.gitlab-ci.yml", ".gitlab/ci/**/*.yml", ".gitlab-ci/**/*.yml"],
  places: [
    "`image`, `default.image` and `image` of each job: a text or `name`",
    "`services` of each of them: texts or `name`",
    "`variables` of the pipeline, of the job, of what it extends and of local includes; `parallel: matrix`; `spec: inputs`"
  ],
  matches: matches3,
  mayContain,
  find: find2,
  includes
};

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
  const presentTag = tag === void 0 ? void 0 : unquoted(text, tag).split("@")[0];
  const wantedTag = pin.tag ?? presentTag;
  if (pin.tag !== void 0 && tag === void 0) return void 0;
  const edits = [];
  if (digest !== void 0) edits.push(quotedEdit(digest, pin.digest));
  else if (insertDigest !== void 0) {
    const { at, before, after } = insertDigest;
    edits.push({ start: at, end: at, text: before + pin.digest + after });
  } else {
    if (tag === void 0 || wantedTag === void 0 || wantedTag === "") return void 0;
    return changes(text, [quotedEdit(tag, `${wantedTag}@${pin.digest}`)]);
  }
  const isMisread = site.traits.some(({ kind }) => kind === "unquoted-tag");
  if (tag !== void 0 && wantedTag !== void 0 && (wantedTag !== presentTag || isMisread)) {
    edits.push(quotedEdit(tag, wantedTag));
  }
  return changes(text, edits);
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

// src/files/kubernetes.ts
var CONTAINER_LISTS = ["containers", "initContainers", "ephemeralContainers"];
var DATA_KINDS = /* @__PURE__ */ new Set(["ConfigMap", "Secret", "CustomResourceDefinition"]);
function podReferences(file, node) {
  const found = [];
  for (const map of resourceMaps(node)) {
    for (const list2 of CONTAINER_LISTS) {
      for (const item of itemsOf(valueOf2(map, list2))) {
        spend(file);
        found.push(...containerReference(file, mapOf(item)));
      }
    }
    for (const item of itemsOf(valueOf2(map, "volumes"))) {
      spend(file);
      found.push(...volumeReference(file, mapOf(item)));
    }
  }
  return found;
}
function* resourceMaps(node) {
  const map = mapOf(node);
  if (map !== void 0 && DATA_KINDS.has(textOf2(valueOf2(map, "kind")) ?? "")) return;
  const items = map === void 0 ? [] : itemsOf(valueOf2(map, "items"));
  if (map === void 0 || items.length === 0) yield* mapsIn(node);
  else for (const item of items) yield* resourceMaps(item);
}
function containerReference(file, container) {
  if (container === void 0 || textOf2(valueOf2(container, "imagePullPolicy")) === "Never") return [];
  return wholeReference(file, valueOf2(container, "image"));
}
function volumeReference(file, volume) {
  const image = volume === void 0 ? void 0 : mapOf(valueOf2(volume, "image"));
  if (image === void 0 || textOf2(valueOf2(image, "pullPolicy")) === "Never") return [];
  return wholeReference(file, valueOf2(image, "reference"));
}
function find3(file, { imageKeys }) {
  const wanted = ["mage", ...imageKeys];
  const yaml = readYaml(file.text, (part) => isManifest(part) && wanted.some((word) => part.includes(word)));
  const manifests = yaml.documents.filter((document) => {
    const map = mapOf(document);
    return map !== void 0 && valueOf2(map, "apiVersion") !== void 0 && valueOf2(map, "kind") !== void 0;
  });
  const found = manifests.flatMap((document) => podReferences(yaml, document));
  const named = namedReferences({ ...yaml, documents: manifests }, imageKeys);
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
    "keys, environment variables and arguments that the input `image-keys` names"
  ],
  matches: (path) => /\.(?:ya?ml|json)$/i.test(path) ? "maybe" : "no",
  mayContain: (text) => isManifest(text) && text.includes("mage"),
  find: find3
};

// src/files/yaml-keys.ts
function keyedReference(file, keys, insertsDigest) {
  const { name, nameScalar, tag, digest, tagSuffix = "", traits } = keys;
  const tagText = tag?.text ?? "";
  const digestText = digest?.text ?? "";
  const identifiers = (tagText + tagSuffix === "" ? "" : `:${tagText}${tagSuffix}`) + (digestText === "" ? "" : `@${digestText}`);
  const shown = innerRange(tag ?? (digestText === "" ? nameScalar : digest) ?? nameScalar);
  const reference = name + identifiers;
  const pieces = unknownPieces(mapText(reference));
  if (unknownIn(pieces) !== void 0) {
    const found = locateReference(pieces, shown, NO_DECLARATIONS);
    return { ...found, traits: [...found.traits, ...traits] };
  }
  return { range: shown, shown, prefix: "", reference, placement: placementOf(file, keys, insertsDigest), traits };
}
function innerRange({ start, end, style }) {
  return style === "single" || style === "double" ? { start: start + 1, end: end - 1 } : { start, end };
}
function placementOf(file, { map, nameScalar, tag, digest }, insertsDigest) {
  const parts = [nameScalar, tag, digest].filter((scalar) => scalar !== void 0);
  if (file.within !== void 0 || !parts.every((scalar) => isOnOneLine(file.text, scalar))) {
    return { kind: "none", why: "its parts are not written on one line each" };
  }
  const hasTag = tag !== void 0 && tag.text !== "";
  const keys = { kind: "keys", ...hasTag ? { tag: quotedRange(tag) } : {} };
  if (digest !== void 0 && digest.end === digest.start) {
    return { ...keys, insertDigest: { at: digest.start, before: " ", after: "" } };
  }
  if (digest !== void 0) return { ...keys, digest: quotedRange(digest) };
  if (!insertsDigest) return keys;
  const behind = hasTag ? tag : nameScalar;
  if (!/^[ \t]*(?:[,}#\r\n]|$)/.test(file.text.slice(behind.end, behind.end + 256))) return keys;
  return { ...keys, insertDigest: newDigestKey(file.text, map, behind) };
}
function isOnOneLine(text, { style, start, end }) {
  if (style === "literal" || style === "folded" || text.slice(start, end).includes("\n")) return false;
  return style === "plain" || end - start > 1 && text[end - 1] === text[start];
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

// src/files/helm-values.ts
var CHART_TAG = { kind: "tag-elsewhere", where: "chart appVersion" };
function helmReferences(file, root, certain) {
  const map = mapOf(root);
  const global = map === void 0 ? void 0 : mapOf(valueOf2(map, "global"));
  const globalRegistry = global === void 0 ? "" : referenceScalar(valueOf2(global, "imageRegistry"))?.text ?? "";
  return valuesBelow({ file, certain, globalRegistry }, root, "");
}
function valuesBelow(values, node, key) {
  if (node.kind === "list") return node.items.flatMap((item) => valuesBelow(values, item, key));
  if (node.kind !== "map") return [];
  const inner = node.entries.flatMap((entry) => valuesBelow(values, entry.value, keyOf(entry)));
  return [...imageMap(values, node, key), ...imageStrings(values, node), ...inner];
}
function imageMap(values, map, key) {
  const isImage = /image$/i.test(key);
  const repository = referenceScalar(valueOf2(map, "repository")) ?? (isImage ? referenceScalar(valueOf2(map, "name")) : void 0);
  if (repository === void 0 || !isName(repository.text)) return [];
  const identified = hasKey(map, "tag") || hasKey(map, "digest");
  if (!identified && !(values.certain && (isImage || hasKey(map, "pullPolicy")) && hasKey(map, "repository")))
    return [];
  return partsReference(values, map, repository, referencePart(valueOf2(map, "tag")));
}
function registryPrefix({ globalRegistry }, map) {
  const registry = referenceScalar(valueOf2(map, "registry"))?.text ?? "";
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
  const digest = referencePart(valueOf2(map, "digest"));
  const hasTag = tag !== void 0 && scalarOf(tag) !== void 0 && tag.text !== "";
  const { tag: ownTag, digest: ownDigest } = splitIdentifiers(nameScalar.text);
  if (!hasTag && (ownTag ?? ownDigest) !== void 0 && digest === void 0) {
    return behindRegistry(values, map, nameScalar);
  }
  const isComplete = hasTag || (digest?.text ?? "") !== "";
  const found = keyedReference(
    values.file,
    {
      map,
      name: registryPrefix(values, map) + nameScalar.text,
      nameScalar,
      ...tag === void 0 ? {} : { tag },
      ...digest === void 0 ? {} : { digest },
      traits: [...misreadTraits(hasTag ? tag : void 0), ...isComplete ? [] : [CHART_TAG]]
    },
    false
  );
  return [found];
}
function hasKey(map, key) {
  return valueOf2(map, key) !== void 0;
}
function imageStrings(values, map) {
  const image = referenceScalar(map.entries.findLast((entry) => keyOf(entry) === "image")?.value);
  if (image === void 0 || !isName(image.text.trim()) || misreadTraits(image).length > 0) return [];
  const { tag, digest } = splitIdentifiers(image.text.trim());
  const tagScalar = referencePart(valueOf2(map, "tag") ?? valueOf2(map, "imageTag"));
  if (tag === void 0 && digest === void 0 && (tagScalar !== void 0 || hasKey(map, "digest"))) {
    return partsReference(values, map, image, tagScalar);
  }
  const isReference = values.certain || tag !== void 0 || digest !== void 0;
  return isReference ? behindRegistry(values, map, image) : [];
}
var OTHER_FILES = /\.(?:png|jpe?g|gif|svg|webp|ico|iso|img|qcow2|vmdk|tar|gz)$/i;
function isName(text) {
  const written = writtenText(text);
  return /^[\w[][\w.:@/[\]-]*$/.test(written) && !text.includes("://") && !OTHER_FILES.test(text);
}
function writtenText(text) {
  return unknownPieces(mapText(text)).map((piece) => piece.unknown === void 0 ? piece.text : "x").join("");
}
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
  return map !== void 0 && hasKey(map, "apiVersion") && hasKey(map, "kind");
}
var helmValues = {
  id: "helm-values",
  title: "Helm values",
  files: ["values*.yml", "values*.yaml"],
  places: [
    "`{registry, repository, tag, digest}` at any depth, with `global.imageRegistry`",
    '`image: "name:tag"` at any depth; `image` beside `tag` or `imageTag`; `image: {name, tag}`'
  ],
  matches: (path) => /(?:^|\/)values[^/]*\.ya?ml$/i.test(path) ? "yes" : "no",
  mayContain: (text) => /mage|repository/.test(text),
  find: find4
};

// src/files/kustomize.ts
function find5(file, { imageKeys, sibling }) {
  const yaml = readYaml(file.text);
  const found = [];
  for (const root of yaml.documents.map(mapOf).filter((map) => map !== void 0)) {
    const images = itemsOf(valueOf2(root, "images")).map(mapOf);
    const manifests = images.length === 0 ? [] : resourceReferences(file.path, root, sibling);
    for (const image of images) found.push(...imageReference(yaml, image, manifests));
    found.push(...patchReferences(yaml, root));
    for (const chart of itemsOf(valueOf2(root, "helmCharts"))) found.push(...chartReferences(yaml, mapOf(chart)));
  }
  return sitesOf("kustomize", file, distinctReferences([...found, ...namedReferences(yaml, imageKeys)]));
}
function chartReferences(file, chart) {
  const values = chart === void 0 ? void 0 : valueOf2(chart, "valuesInline");
  return values === void 0 ? [] : helmReferences(file, values, true);
}
function resourceReferences(path, root, sibling) {
  const folder = path.split("/").slice(0, -1);
  const images = [];
  let left = LIMITS.scannedFileBytes;
  for (const item of itemsOf(valueOf2(root, "resources")).slice(0, MAX_RESOURCES)) {
    const name = textOf2(item) ?? "";
    const file = /\.(?:ya?ml|json)$/.test(name) && !name.includes("://") ? joinPath(folder, name) : void 0;
    const text = file === void 0 ? void 0 : sibling(file);
    if (file === void 0 || text === void 0 || !text.includes("@") || text.length > left) continue;
    left -= text.length;
    const manifest = readYaml(text, (part) => part.includes("@"));
    for (const { reference } of manifest.documents.flatMap((document) => podReferences(manifest, document))) {
      if (reference.includes("@")) images.push({ file, reference });
    }
  }
  return images;
}
var MAX_RESOURCES = 100;
function joinPath(folder, name) {
  const parts = [...folder];
  for (const part of name.split("/")) {
    if (part === ".." && parts.length === 0) return void 0;
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
function imageReference(file, image, manifests) {
  if (image === void 0) return [];
  const name = referenceScalar(valueOf2(image, "name"));
  const newName = referenceScalar(valueOf2(image, "newName"));
  const misnamed = [name, newName].filter((scalar) => scalar !== void 0 && hasIdentifiers(scalar.text));
  if (misnamed.length > 0) return misnamed.flatMap((scalar) => misnamedReference(file, scalar));
  const nameScalar = newName ?? name;
  if (nameScalar === void 0) return [];
  const written = referenceScalar(valueOf2(image, "newTag"));
  const tag = written?.text === "" ? void 0 : written;
  const digest = referencePart(valueOf2(image, "digest"));
  if (newName === void 0 && tag === void 0 && (digest?.text ?? "") === "") return [];
  const tagSuffix = textOf2(valueOf2(image, "tagSuffix"));
  const keys = {
    map: image,
    name: nameScalar.text,
    nameScalar,
    ...tag === void 0 ? {} : { tag },
    ...digest === void 0 ? {} : { digest },
    ...tagSuffix === void 0 ? {} : { tagSuffix },
    traits: [...misreadTraits(tag), ...manifestTraits(name?.text, tag, digest, manifests)]
  };
  return [keyedReference(file, keys, true)];
}
function manifestTraits(name, tag, digest, manifests) {
  if ((digest?.text ?? "") !== "") return [];
  if (tag === void 0) return [{ kind: "tag-elsewhere", where: "the manifest" }];
  const pinned = manifests.find(({ reference }) => splitIdentifiers(reference).name === name);
  return pinned === void 0 ? [] : [{ kind: "drops-digest", ...pinned }];
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
function operationReferences(patch, operation) {
  if (operation === void 0) return [];
  const path = textOf2(valueOf2(operation, "path")) ?? "";
  const value = valueOf2(operation, "value");
  if (/\/(?:containers|initContainers|ephemeralContainers)\/[^/]+\/image$/.test(path))
    return wholeReference(patch, value);
  const container = resolveAlias(value);
  const isContainer = /\/(?:containers|initContainers|ephemeralContainers)\/[^/]+$/.test(path);
  if (!isContainer || container?.kind !== "map") return [];
  return wholeReference(patch, valueOf2(container, "image"));
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

// src/files/pre-commit.ts
function find6(file, { imageKeys }) {
  const yaml = readYaml(file.text);
  const found = [];
  for (const document of yaml.documents) {
    const root = mapOf(document);
    const repositories = root === void 0 ? [] : itemsOf(valueOf2(root, "repos")).map(mapOf);
    const lists = repositories.map((map) => map === void 0 ? void 0 : valueOf2(map, "hooks"));
    for (const list2 of [...lists, document]) {
      for (const hook of itemsOf(list2)) found.push(...hookReference(yaml, mapOf(hook)));
    }
  }
  return sitesOf("pre-commit", file, distinctReferences([...found, ...namedReferences(yaml, imageKeys)]));
}
function hookReference(file, hook) {
  spend(file);
  if (hook === void 0 || textOf2(valueOf2(hook, "language")) !== "docker_image") return [];
  const entry = scalarOf(valueOf2(hook, "entry"));
  spend(file, Math.ceil((entry?.text.length ?? 0) / 4));
  const [command] = entry === void 0 ? [] : readCommands(referenceText(file, entry));
  const image = command === void 0 ? void 0 : imageArgument(command, RUN_OPTIONS);
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
  find: find6
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
  kubernetes
];

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
    walk: (isWanted) => walk(root, isWanted, limits),
    read(path) {
      const refusal = refusalOfPath(path, limits) ?? refusalOfFolders(root, path, folders);
      return refusal === void 0 ? reader.read(join(root, path)) : skipped(refusal);
    }
  };
}
function skipped(reason) {
  return { kind: "skipped", reason };
}
function refusalOfPath(path, { depth }) {
  const components = path.split("/");
  if (components.some((component) => component === "" || component === "." || component === "..")) {
    return "its path leaves the workspace";
  }
  return components.length > depth ? `it lies deeper than ${depth} folders` : void 0;
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
  if (typeof stats === "string") return stats;
  if (stats.isSymbolicLink()) return "a folder of its path is a symbolic link";
  return stats.isDirectory() ? void 0 : "a folder of its path is not a folder";
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
  if (code === "ENOENT") return "it is not in the checkout";
  return code === "EACCES" || code === "EPERM" ? "it may not be read" : `it cannot be read (${code})`;
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
      if (typeof stats === "string") return skipped(stats);
      if (stats.isSymbolicLink()) return skipped(IS_LINK);
    }
    let descriptor;
    try {
      descriptor = openSync(path, FLAGS);
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return skipped("it is not a regular file");
      return stats.size > this.#limit ? this.#tooLarge(stats.size) : this.#decode(descriptor, stats.size);
    } catch (error) {
      return skipped(codeOf(error) === "ELOOP" ? IS_LINK : whyNot(error));
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
      const count = readSync(descriptor, this.#memory, done, size - done, null);
      if (count === 0) break;
      done += count;
    }
    return decode(this.#memory.subarray(0, done));
  }
};
var IS_LINK = "it is a symbolic link";
function decode(bytes) {
  if (!isUtf8(bytes)) return { ...skipped("it is not valid UTF-8"), isFile: true };
  const hasByteOrderMark = bytes[0] === 239 && bytes[1] === 187 && bytes[2] === 191;
  const text = bytes.toString("utf8", hasByteOrderMark ? 3 : 0);
  return { kind: "text", text, hasByteOrderMark };
}
async function walk(root, isWanted, limits) {
  const files = [];
  const left = [];
  const folders = [""];
  let seen = 0;
  for (let folder = folders.pop(); folder !== void 0; folder = folders.pop()) {
    const entries = await entriesOf4(join(root, folder));
    if (typeof entries === "string") {
      left.push({ file: folder, reason: entries });
      continue;
    }
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      seen += 1;
      if (!entry.isDirectory()) {
        if (isWanted(path)) files.push(path);
      } else if (path.split("/").length >= limits.depth) {
        left.push({ file: path, reason: `it lies deeper than ${limits.depth} folders` });
      } else if (!NEVER_ENTERED.has(entry.name)) folders.push(path);
      else if (entry.name !== ".git") left.push({ file: path, reason: `it is vendored (${entry.name}/)` });
      if (files.length > limits.scannedFiles || seen > MAX_ENTRIES) {
        return { files: files.slice(0, limits.scannedFiles), truncated: true, skipped: left };
      }
    }
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

// src/rules/rule.ts
var LEVELS = ["error", "warning", "notice"];
var RULE_IDS = [
  "no-tag",
  "latest-tag",
  "not-pinned",
  "digest-invalid",
  "digest-gone",
  "digest-is-image-id",
  "digest-one-platform",
  "tag-moved",
  "tag-in-name",
  "unquoted-tag",
  "unresolved-variable"
];

// src/report/check-report.ts
var RANK = { error: 0, warning: 1, notice: 2 };
function bySeverity(one, other) {
  return RANK[one.level] - RANK[other.level] || compareText(one.file, other.file) || one.line - other.line || one.column - other.column || compareText(one.rule, other.rule);
}
function compareText(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
function countLevels(findings) {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const { level } of findings) counts[level] += 1;
  return counts;
}
function levelsText(findings) {
  const counts = countLevels(findings);
  const parts = LEVELS.filter((level) => counts[level] > 0).map((level) => plural(counts[level], level));
  return parts.length === 0 ? "no findings" : parts.join(", ");
}
function omittedText({ omitted, findings }) {
  const parts = LEVELS.flatMap((level) => {
    const count = omitted?.[level] ?? 0;
    return count === 0 ? [] : [plural(count, level)];
  });
  return parts.length === 0 ? void 0 : `Besides the ${findings.length} findings there are ${parts.join(", ")} more`;
}
function unjudgedText({ unjudged = [] }) {
  const [first] = unjudged;
  if (first === void 0) return void 0;
  const { file, reason } = first;
  return `${plural(unjudged.length, "place")} could not be judged: ${clipped(printable(`${file}: ${reason}`), 500)}`;
}
function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

// src/rules/fix.ts
function editsOf(site, file, remedy) {
  const edits = remedy.kind === "edits" ? remedy.edits : pinEdits(site, file.text, remedy);
  return edits === void 0 || edits.length === 0 ? void 0 : edits;
}
function pinEdits(site, text, { digest, tag }) {
  const tagged = tag === void 0 ? void 0 : pinSite(site, text, { digest, tag });
  return tagged ?? pinSite(site, text, { digest });
}
function compatible(groups) {
  const taken = [];
  for (const group2 of groups) {
    const fresh = group2.filter((edit) => !taken.some((other) => sameEdit2(edit, other)));
    if (fresh.every((edit) => !taken.some((other) => collide(edit, other)))) taken.push(...fresh);
  }
  return taken;
}
function sameEdit2(one, other) {
  return one.start === other.start && one.end === other.end && one.text === other.text;
}
function collide(one, other) {
  const isInsertion = one.start === one.end || other.start === other.end;
  return isInsertion ? one.start <= other.end && other.start <= one.end : one.start < other.end && other.start < one.end;
}
function fixOf(line2, file, edits, others) {
  const touched = edits.flatMap((edit) => [lineOf(file, edit.start), lineOf(file, edit.end)]);
  const startLine = Math.min(line2, ...touched);
  const endLine = Math.max(line2, ...touched);
  const start = file.lines.starts[startLine - 1] ?? 0;
  const end = file.lines.starts[endLine] ?? file.text.length;
  const within = others.filter(
    (group2) => group2.every((edit) => edit.start >= start && lineOf(file, edit.end) <= endLine)
  );
  const local = compatible([edits, ...within]).map((edit) => movedBy(edit, -start));
  const replaced = applyEdits(file.text.slice(start, end), local);
  return { edits, startLine, endLine, replacement: replaced.replaceAll("\r\n", "\n").replace(/\n$/, "") };
}
function movedBy({ start, end, text }, distance) {
  return { start: start + distance, end: end + distance, text };
}
function lineOf(file, offset) {
  return positionAt(file.lines, offset).line;
}

// src/rules/glob.ts
function pathTest(patterns) {
  const matchers = patterns.map(compilePath);
  return (path) => {
    const components = path.split("/");
    return matchers.some((matches4) => matches4(components));
  };
}
function compilePath(pattern) {
  const folderOnly = pattern.endsWith("/");
  const bare = pattern.replace(/^\.\//, "").replace(/\/+$/, "");
  const anchored3 = bare.includes("/");
  const wanted = bare.replace(/^\//, "").split("/");
  const parts = anchored3 ? wanted : ["**", ...wanted];
  return (components) => components.some((_, index) => {
    const isFile = index === components.length - 1;
    return !(folderOnly && isFile) && matchComponents(parts, components.slice(0, index + 1));
  });
}
function matchComponents(parts, components) {
  let part = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < components.length) {
    if (parts[part] === "**") {
      star = part;
      resume = at;
      part += 1;
    } else if (part < parts.length && matchText(parts[part] ?? "", components[at] ?? "")) {
      part += 1;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      part = star + 1;
    } else return false;
  }
  if (part < parts.length && parts[part] === "**" && part === parts.length - 1) return false;
  return part === parts.length;
}
function matchText(pattern, text) {
  let part = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const step = pattern[part] === "*" ? void 0 : matchOne(pattern, part, text[at] ?? "");
    if (pattern[part] === "*") {
      star = part;
      resume = at;
      part += 1;
    } else if (step !== void 0) {
      part = step;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      part = star + 1;
    } else return false;
  }
  while (pattern[part] === "*") part += 1;
  return part >= pattern.length;
}
function matchOne(pattern, part, character) {
  const item = pattern[part];
  if (item === void 0) return void 0;
  if (item === "?") return part + 1;
  if (item === "\\" && part + 1 < pattern.length) return pattern[part + 1] === character ? part + 2 : void 0;
  if (item === "[") {
    const close = pattern.indexOf("]", part + 2);
    if (close > 0) return inClass(pattern.slice(part + 1, close), character) ? close + 1 : void 0;
  }
  return item === character ? part + 1 : void 0;
}
function inClass(body, character) {
  const negated = body.startsWith("!") || body.startsWith("^");
  const items = negated ? body.slice(1) : body;
  let found = false;
  for (let at = 0; at < items.length; at += 1) {
    const first = items[at] ?? "";
    const last = items[at + 1] === "-" ? items[at + 2] : void 0;
    if (last === void 0) found ||= first === character;
    else {
      found ||= first <= character && character <= last;
      at += 2;
    }
  }
  return found !== negated;
}
function matchesReference(pattern, text) {
  let places = withoutText(pattern, /* @__PURE__ */ new Set([0]));
  for (const character of text) {
    const next = /* @__PURE__ */ new Set();
    for (const place of places) {
      if (pattern[place] === "*") {
        if (character !== "/" || isDoubleStar(pattern, place)) next.add(place);
      } else {
        const step = matchOne(pattern, place, character);
        if (step !== void 0 && !(pattern[place] === "?" && character === "/")) next.add(step);
      }
    }
    if (next.size === 0) return false;
    places = withoutText(pattern, next);
  }
  return places.has(pattern.length);
}
function withoutText(pattern, places) {
  const all = new Set(places);
  for (const place of all) if (pattern[place] === "*") all.add(isDoubleStar(pattern, place) ? place + 2 : place + 1);
  return all;
}
function isDoubleStar(pattern, place) {
  return pattern[place + 1] === "*";
}

// src/rules/allow.ts
function isAllowed(patterns, subject) {
  if (patterns.length === 0) return false;
  const forms = formsOf(subject);
  return patterns.some((pattern) => forms.some((form) => matchesReference(pattern, form)));
}
function formsOf({ site, reference }) {
  if (reference === void 0) return [site.reference];
  return [.../* @__PURE__ */ new Set([familiarNameOf(reference), nameOf(reference)])].flatMap(
    (name) => withIdentifiers(name, reference)
  );
}
function withIdentifiers(name, { tag, digest }) {
  const tagged = tag === void 0 ? name : `${name}:${tag}`;
  const forms = [name, tagged, ...digest === void 0 ? [] : [`${tagged}@${digest}`, `${name}@${digest}`]];
  return [...new Set(forms)];
}

// src/rules/ignore.ts
var MARK = "image-digest:";
var UNTIL = /(?:^|\s)until=(\S*)/;
var DATE = /^\d{4}-\d{2}-\d{2}$/;
var KNOWN2 = new Set(RULE_IDS);
function readIgnores(text, today) {
  const valid = [];
  const bad = [];
  let line2 = 1;
  let counted = 0;
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + MARK.length)) {
    const lineStart = text.lastIndexOf("\n", at) + 1;
    line2 += newlinesBetween(text, counted, lineStart);
    counted = lineStart;
    const before = text.slice(lineStart, at);
    const rest = restOfLine(text, at + MARK.length).trim();
    const mark = commentMark(before);
    if (mark === void 0 || !/^ignore(?![\w-])/.test(rest)) continue;
    const read = readComment(rest.slice("ignore".length), today);
    if (typeof read === "string") {
      const column = before.length + 1;
      bad.push({ line: line2, column, endColumn: column + MARK.length + 1 + rest.length, message: read });
    } else valid.push({ line: line2, alone: mark.alone, ...read });
  }
  return { valid, bad };
}
function newlinesBetween(text, start, end) {
  let count = 0;
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
function restOfLine(text, start) {
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? text.length : end);
}
function commentMark(before) {
  const trimmed = before.trimEnd();
  let start = trimmed.length;
  while (trimmed[start - 1] === "#") start -= 1;
  if (start === trimmed.length && trimmed.endsWith("//")) start -= 2;
  if (start === trimmed.length) return void 0;
  const leading = trimmed.slice(0, start);
  if (leading !== "" && !/\s$/.test(leading)) return void 0;
  return { alone: leading.trim() === "" };
}
function readComment(text, today) {
  const close = text.indexOf("]");
  if (!text.startsWith("[") || close < 0) {
    return "this comment accepts nothing: the rules stand in brackets, as in ignore[latest-tag] reason";
  }
  const names = text.slice(1, close).split(",").map((name) => name.trim());
  const unknown3 = names.find((name) => !KNOWN2.has(name));
  if (unknown3 !== void 0) return unknownRule(unknown3);
  const rules = RULE_IDS.filter((id) => names.includes(id));
  return readReason(rules, text.slice(close + 1), today);
}
function unknownRule(name) {
  if (name === "") return "this comment accepts nothing: no rule stands in its brackets";
  return `this comment accepts nothing: there is no rule ${quoted(clipped(name, 40))} (there are ${RULE_IDS.join(", ")})`;
}
function readReason(rules, text, today) {
  const until = UNTIL.exec(text)?.[1];
  const reason = text.replace(UNTIL, " ").replaceAll(/\s+/g, " ").trim();
  if (!/[\p{L}\p{N}]/u.test(reason)) return "this comment accepts nothing: the reason behind the brackets is missing";
  if (until === void 0) return { rules, reason };
  if (!isDate(until)) return `this comment accepts nothing: ${quoted(until, 40)} is not a date (until=YYYY-MM-DD)`;
  if (until < today) return `this comment accepts nothing any more: it was good until ${until}`;
  return { rules, reason, until };
}
function isDate(text) {
  if (!DATE.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}
function ignoreFor(ignores, line2, rule) {
  for (let at = upperBound(ignores, (one) => one.line < line2 - 1); at < ignores.length; at += 1) {
    const ignore = ignores[at];
    if (ignore === void 0 || ignore.line > line2) return void 0;
    if (ignore.rules.includes(rule) && (ignore.line === line2 || ignore.alone)) return ignore;
  }
  return void 0;
}

// src/rules/example-facts.ts
var NGINX_PIN = parseDigest(`sha256:${"0a1b2c3d".repeat(8)}`);
var OTHER_PIN = parseDigest(`sha256:${"4e5f6a7b".repeat(8)}`);
var NGINX_LATEST = {
  digest: NGINX_PIN,
  kind: "index",
  version: "1.27.3",
  created: "2026-11-09T08:00:00Z"
};

// src/rules/now.ts
var DAY = 864e5;
function nowText(tag, today) {
  const known = [
    ...tag.version === void 0 ? [] : [`version ${clipped(printable(tag.version), 64).replaceAll('"', "'")}`],
    ...ageOf(tag.created, today)
  ];
  return `${tag.digest} now${known.length === 0 ? "" : ` (${known.join(", ")})`}`;
}
function ageOf(created, today) {
  const days = Math.floor((Date.parse(`${today}T23:59:59Z`) - Date.parse(created ?? "")) / DAY);
  if (!Number.isFinite(days) || days < 0 || days > 365 * 30) return [];
  return [days === 0 ? "made today" : `${days} ${days === 1 ? "day" : "days"} old`];
}

// src/rules/digest-gone.ts
var digestGone = {
  id: "digest-gone",
  level: "error",
  cause: "digest",
  title: "The registry does not have the digest",
  why: "The image was deleted, or the digest is from another repository: the next pull fails.",
  help: "Write the digest that the tag names now. Some registries delete what no tag holds.",
  judge({ site, parts, facts }, options) {
    if (parts.validDigest === void 0 || facts.pin?.kind !== "gone") return void 0;
    const message = `${quoted(site.reference)} cannot be pulled: the registry does not have this digest (any more)`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    { name: "gone", reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: "gone" } }, says: "cannot be pulled" },
    { name: "present", reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: "present" } }, says: null },
    { name: "not asked", reference: `nginx@${OTHER_PIN}`, says: null },
    {
      name: "the tag is still there",
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: "gone" }, tag: NGINX_LATEST },
      says: "the tag is",
      writes: NGINX_PIN
    }
  ]
};

// src/rules/digest-invalid.ts
var digestInvalid = {
  id: "digest-invalid",
  level: "error",
  cause: "reference",
  title: "What stands after @ is no digest",
  why: "It looks pinned and is not: clients refuse such a reference.",
  help: "Write sha256: followed by 64 lower-case hexadecimal digits, or a tag after a colon.",
  judge({ site, parts, facts }, options) {
    if (parts.digest.kind !== "text" || parts.validDigest !== void 0) return void 0;
    const text = parts.digest.text;
    const message = `${quoted(site.reference)} cannot be pulled: ${whyNot2(text, parts.tag.kind === "none")}`;
    if (facts.tag === void 0 || parts.tag.kind !== "text") return { message };
    return {
      message: `${message}; the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    { name: "a short hash", reference: "fedora@f717d3f59ea0", says: "is not a digest" },
    { name: "a version", reference: "mysql@8.0.44", says: "a tag stands after a colon" },
    { name: "too few digits", reference: "app@sha256:abc123", says: "64 hexadecimal digits, this has 6" },
    { name: "capitals", reference: `nginx@${NGINX_PIN.replaceAll("a", "A")}`, says: "lower case" },
    { name: "a digest", reference: `nginx@${NGINX_PIN}`, says: null },
    { name: "no digest", reference: "nginx:1", says: null },
    {
      name: "a variable",
      reference: "nginx@$DIGEST",
      site: { unresolved: "DIGEST has no value in the file" },
      says: null
    },
    {
      name: "the tag is known",
      reference: "nginx:1.27@sha256:abc",
      facts: { tag: NGINX_LATEST },
      says: "the tag is",
      writes: NGINX_PIN
    }
  ]
};
function whyNot2(text, untagged) {
  try {
    parseDigest(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const reason = error.message.slice(error.message.lastIndexOf("is not a digest"));
    const version = untagged && isTag(text) && /[.]/.test(text);
    return `${quoted(text)} ${reason}${version ? "; a tag stands after a colon" : ""}`;
  }
  return `${quoted(text)} is not a digest`;
}

// src/rules/digest-is-image-id.ts
var digestIsImageId = {
  id: "digest-is-image-id",
  level: "error",
  cause: "digest",
  title: "The digest is an image ID",
  why: "An image ID names the config, as docker inspect .Id shows it. Only manifests can be pulled.",
  help: "Write the digest of the manifest: what the tag points to in the registry.",
  judge({ site, parts, facts }, options) {
    if (parts.validDigest === void 0 || facts.pin?.kind !== "image-id") return void 0;
    const message = `${quoted(site.reference)} cannot be pulled: this is an image ID, not a manifest digest`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    {
      name: "an image ID",
      reference: `nginx@${OTHER_PIN}`,
      facts: { pin: { kind: "image-id" } },
      says: "this is an image ID, not a manifest digest"
    },
    {
      name: "with a tag",
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: "image-id" }, tag: NGINX_LATEST },
      says: NGINX_PIN,
      writes: NGINX_PIN
    },
    { name: "a manifest", reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: "present" } }, says: null }
  ]
};

// src/rules/digest-one-platform.ts
var digestOnePlatform = {
  id: "digest-one-platform",
  level: "warning",
  cause: "digest",
  title: "The digest is of one platform only",
  why: "The tag is a multi-platform image; this digest is one entry of it and does not run on other platforms.",
  help: "Write the digest of the index, or accept it when one platform is meant.",
  judge({ site, parts, facts }, options) {
    if (parts.validDigest === void 0 || facts.pin?.kind !== "child") return void 0;
    const message = `${quoted(site.reference)} is pinned to ${printable(facts.pin.platform)} only`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; the index of all platforms is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    {
      name: "a child of the index",
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: "child", platform: "linux/amd64" }, tag: NGINX_LATEST },
      says: "is pinned to linux/amd64 only",
      writes: NGINX_PIN
    },
    {
      name: "the index",
      reference: `nginx:1.27@${NGINX_PIN}`,
      facts: { pin: { kind: "present" }, tag: NGINX_LATEST },
      says: null
    }
  ]
};

// src/rules/latest-tag.ts
var latestTag = {
  id: "latest-tag",
  level: "error",
  cause: "reference",
  title: "The tag can move",
  why: '"latest" and tags like it are pushed anew: the same line pulls another image tomorrow.',
  help: "Write a version tag, or keep the tag and add the digest that it names now.",
  judge({ site, parts, facts }, options) {
    if (parts.digest.kind !== "none" || parts.tag.kind !== "text") return void 0;
    const tag = parts.tag.text;
    if (tag !== "latest" && !options.floatingTags.includes(tag)) return void 0;
    const message = `${quoted(site.reference)} can change at any time: ${quoted(tag)} is a moving tag`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; it is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    { name: "latest", reference: "nginx:latest", says: "can change at any time" },
    { name: "latest with a digest", reference: `debian:latest@${NGINX_PIN}`, says: null },
    { name: "a version", reference: "nginx:1.27", says: null },
    { name: "latest is only a part of the tag", reference: "nginx:latest-alpine", says: null },
    { name: "a tag of another name", reference: "nginx:stable", says: null },
    {
      name: "a floating tag that the user names",
      reference: "nginx:stable",
      options: { floatingTags: ["stable", "edge"] },
      says: '"stable" is a moving tag'
    },
    {
      name: "the registry is asked",
      reference: "nginx:latest",
      facts: { tag: NGINX_LATEST },
      says: "version 1.27.3",
      writes: NGINX_PIN
    },
    {
      name: "the registry is a variable",
      reference: "$REGISTRY/ubuntu:latest",
      site: { unresolved: "REGISTRY has no value in the file" },
      says: "can change"
    }
  ]
};

// src/rules/subject.ts
var NONE = { kind: "none" };
var HOLE = "\0";
function subjectOf(site, facts = {}) {
  const isUnknown = site.unresolved !== void 0 || traitOf(site, "name-unknown") !== void 0;
  const parts = partsOf2(site.reference, isUnknown);
  if (isUnknown) return { site, parts, facts };
  const read = readReference2(withoutBadDigest(site.reference, parts));
  return { site, parts, facts, ...read };
}
function withFacts(subject, facts) {
  return { ...subject, facts };
}
function readReference2(text) {
  try {
    return { reference: parseReference(text) };
  } catch (error) {
    if (error instanceof UserError) return { error };
    throw error;
  }
}
function withoutBadDigest(text, parts) {
  return parts.digest.kind === "text" && parts.validDigest === void 0 ? text.slice(0, text.indexOf("@")) : text;
}
function partsOf2(text, mayHoldVariables) {
  const masked = mayHoldVariables ? maskVariables(text) : text;
  const at = masked.indexOf("@");
  const named = at < 0 ? masked : masked.slice(0, at);
  const last = named.slice(named.lastIndexOf("/") + 1);
  const colon = last.indexOf(":");
  const digest = at < 0 ? NONE : partOf(masked.slice(at + 1));
  const validDigest = digest.kind === "text" ? readDigest(digest.text) : void 0;
  return {
    tag: colon < 0 ? NONE : partOf(last.slice(colon + 1)),
    digest,
    ...validDigest === void 0 ? {} : { validDigest },
    nameKnown: !(colon < 0 ? last : last.slice(0, colon)).includes(HOLE)
  };
}
function partOf(text) {
  return text.includes(HOLE) ? { kind: "unknown" } : { kind: "text", text };
}
function maskVariables(text) {
  let masked = "";
  for (let at = 0; at < text.length; ) {
    const end = variableEnd(text, at);
    masked += end === void 0 ? text[at] ?? "" : HOLE;
    at = end ?? at + 1;
  }
  return masked;
}
function traitOf(site, kind) {
  return site.traits.find((trait) => trait.kind === kind);
}

// src/rules/no-tag.ts
var noTag = {
  id: "no-tag",
  level: "error",
  cause: "reference",
  title: "The image has no tag",
  why: 'Without a tag every client asks for "latest": what that is changes whenever somebody pushes it.',
  help: "Write a version tag, better with the digest that it names now.",
  judge({ site, parts, facts }, options) {
    if (parts.tag.kind !== "none" || parts.digest.kind !== "none" || !parts.nameKnown) return void 0;
    if (traitOf(site, "tag-elsewhere") !== void 0) return void 0;
    const message = `${quoted(site.reference)} has no tag, so it means "latest", which can change at any time`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; it is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest, tag: "latest" }
    };
  },
  examples: [
    { name: "a short name", reference: "nginx", says: "has no tag" },
    { name: "a registry port is no tag", reference: "localhost:5000/app", says: "has no tag" },
    { name: "a tag", reference: "nginx:1.27", says: null },
    { name: "a digest", reference: `nginx@${NGINX_PIN}`, says: null },
    { name: "what stands behind @ is no digest", reference: "mysql@8.0.44", says: null },
    {
      name: "the registry is asked",
      reference: "nginx",
      facts: { tag: NGINX_LATEST },
      says: `it is ${NGINX_PIN} now (version 1.27.3, 12 days old)`,
      writes: NGINX_PIN
    },
    {
      name: "the registry is a variable, the name has no tag",
      reference: "${REGISTRY}/ubuntu",
      site: { unresolved: "REGISTRY has no value in the file" },
      says: "has no tag"
    },
    {
      name: "the whole name is a variable",
      reference: "${IMAGE}",
      site: { unresolved: "IMAGE has no value in the file" },
      says: null
    },
    {
      name: "a chart fills in its appVersion",
      reference: "acme/api",
      site: { traits: [{ kind: "tag-elsewhere", where: "appVersion of the chart" }] },
      says: null
    }
  ]
};

// src/rules/not-pinned.ts
var notPinned = {
  id: "not-pinned",
  level: "error",
  cause: "reference",
  title: "The image is not pinned to a digest",
  why: "A version tag is a promise, only a digest is immutable: whoever may push can move the tag.",
  help: "Write the digest behind the tag: name:tag@sha256:….",
  judge({ site, parts, facts }, options) {
    if (options.require !== "digest" || parts.digest.kind !== "none") return void 0;
    if (site.unresolved !== void 0) return void 0;
    const message = `${quoted(site.reference)} has no digest, which this check requires`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; it is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    { name: "tags are enough by default", reference: "nginx:1.27", says: null },
    { name: "a digest is required", reference: "nginx:1.27", options: { require: "digest" }, says: "has no digest" },
    { name: "a digest is there", reference: `nginx@${NGINX_PIN}`, options: { require: "digest" }, says: null },
    {
      name: "what the tag is",
      reference: "nginx:1.27",
      options: { require: "digest" },
      facts: { tag: NGINX_LATEST },
      says: NGINX_PIN,
      writes: NGINX_PIN
    },
    {
      name: "the tag is a variable: it may hold a digest",
      reference: "python:${VARIANT}",
      site: { unresolved: "VARIANT has no value in the file" },
      options: { require: "digest" },
      says: null
    }
  ]
};

// src/rules/tag-in-name.ts
var tagInName = {
  id: "tag-in-name",
  level: "error",
  cause: "reference",
  title: "A Kustomize image name holds a tag or a digest",
  why: "Kustomize compares names without tags, so this entry matches nothing and changes nothing.",
  help: "Move the tag to newTag and the digest to digest.",
  judge({ site }) {
    if (traitOf(site, "tag-in-name") === void 0) return void 0;
    return { message: `${quoted(site.reference)} holds a tag or a digest in the name, so Kustomize will not match it` };
  },
  examples: [
    {
      name: "a tag in the name",
      reference: "nginx:1.27",
      site: { format: "kustomize", traits: [{ kind: "tag-in-name" }] },
      says: "Kustomize will not match it"
    },
    { name: "a plain name", reference: "nginx:1.27", site: { format: "kustomize" }, says: null }
  ]
};

// src/rules/tag-moved.ts
var tagMoved = {
  id: "tag-moved",
  level: "notice",
  cause: "digest",
  title: "Tag and digest disagree now",
  why: "Either the tag has moved since, or one of the two was edited without the other. The digest is what is pulled.",
  help: "Write the new digest to follow the tag, or the tag that belongs to the digest.",
  judge({ site, parts, facts }, options) {
    const digest = parts.validDigest;
    if (digest === void 0 || parts.tag.kind !== "text") return void 0;
    if (facts.tagIsGone) {
      return { message: `${quoted(site.reference)} holds a tag and a digest that disagree: there is no such tag now` };
    }
    if (facts.tag === void 0 || facts.tag.digest === digest) return void 0;
    return {
      message: `${quoted(site.reference)} holds a digest that the tag does not name: the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    {
      name: "they disagree",
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: "present" }, tag: NGINX_LATEST },
      says: "the tag is",
      writes: NGINX_PIN
    },
    {
      name: "the tag is gone",
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: "present" }, tagIsGone: true },
      says: "there is no such tag now"
    },
    {
      name: "they agree",
      reference: `nginx:1.27@${NGINX_PIN}`,
      facts: { pin: { kind: "present" }, tag: NGINX_LATEST },
      says: null
    },
    { name: "no tag", reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: "present" } }, says: null },
    { name: "no digest", reference: "nginx:1.27", facts: { tag: NGINX_LATEST }, says: null }
  ]
};

// src/rules/unquoted-tag.ts
var unquotedTag = {
  id: "unquoted-tag",
  level: "warning",
  cause: "spelling",
  title: "YAML does not read the tag as text",
  why: "An unquoted 1.10 is the number 1.1, and 72225e2 is 7222500: another tag is pulled, or none.",
  help: "Put the tag in quotes.",
  judge({ site }) {
    const trait = traitOf(site, "unquoted-tag");
    if (trait === void 0) return void 0;
    const { start, end } = trait.range;
    return {
      message: `the tag of ${quoted(site.reference)} is not quoted: YAML reads it as ${clipped(printable(trait.value), 64)}`,
      remedy: {
        kind: "edits",
        edits: [
          { start, end: start, text: '"' },
          { start: end, end, text: '"' }
        ]
      }
    };
  },
  examples: [
    {
      name: "a version that is a number",
      reference: "nginx:1.10",
      site: {
        format: "helm-values",
        traits: [{ kind: "unquoted-tag", value: "1.1", range: { start: 5, end: 9 } }]
      },
      says: "YAML reads it as 1.1",
      writes: '"'
    },
    { name: "a quoted one", reference: "nginx:1.10", site: { format: "helm-values" }, says: null }
  ]
};

// src/rules/unresolved-variable.ts
var unresolvedVariable = {
  id: "unresolved-variable",
  level: "notice",
  cause: "reference",
  title: "The image depends on a value that is not in the file",
  why: "Whether it can move is decided elsewhere and cannot be checked here.",
  help: "Give the variable a default, or write the reference out.",
  judge({ site, parts }) {
    const why = site.unresolved ?? traitOf(site, "name-unknown")?.why;
    if (why === void 0 || parts.validDigest !== void 0) return void 0;
    return { message: `${quoted(site.reference)} cannot be checked: ${clipped(printable(why), 300)}` };
  },
  examples: [
    {
      name: "a tag that is a variable",
      reference: "python:${VARIANT}",
      site: { unresolved: "VARIANT has no value in the file" },
      says: "cannot be checked: VARIANT has no value in the file"
    },
    {
      name: "BuildKit expands nothing in COPY --from",
      reference: "$IMG",
      site: { unresolved: "BuildKit does not expand variables here" },
      says: "BuildKit does not expand variables here"
    },
    {
      name: "the digest is written, so the image is known",
      reference: `\${REGISTRY}/nginx@${NGINX_PIN}`,
      site: { unresolved: "REGISTRY has no value in the file" },
      says: null
    },
    { name: "nothing is missing", reference: "python:3.12", says: null }
  ]
};

// src/rules/index.ts
var RULES = [
  tagInName,
  digestInvalid,
  noTag,
  latestTag,
  notPinned,
  unresolvedVariable,
  digestIsImageId,
  digestGone,
  digestOnePlatform,
  tagMoved,
  unquotedTag
];
function documentationOfRule(id) {
  return `docs/rules/${id}.md`;
}

// src/rules/judge.ts
function judge(subject, options) {
  const objections = [];
  const causes = /* @__PURE__ */ new Set();
  for (const rule of RULES) {
    if (causes.has(rule.cause)) continue;
    const judgement = rule.judge(subject, options);
    if (judgement === void 0) continue;
    causes.add(rule.cause);
    objections.push({ rule, judgement: withRemark(subject.site, judgement) });
  }
  return objections;
}
function withRemark({ format, placement }, judgement) {
  const hasTagOnly = placement.kind === "keys" && placement.digest === void 0 && placement.insertDigest === void 0;
  if (format !== "helm-values" || judgement.remedy?.kind !== "pin" || !hasTagOnly) return judgement;
  const remark = 'the digest goes into "tag", as there is no digest key: charts that use the tag in a label may reject it';
  return { ...judgement, message: `${judgement.message}; ${remark}` };
}
function isWorthAsking(subject, objections) {
  if (subject.reference === void 0) return false;
  if (subject.reference.digest !== void 0) return true;
  return objections.some(
    ({ rule }) => ASKED.has(rule.id) && !(rule.id === "digest-invalid" && subject.reference?.tag === void 0)
  );
}
var ASKED = /* @__PURE__ */ new Set(["no-tag", "latest-tag", "not-pinned", "digest-invalid"]);

// src/rules/judge-file.ts
function readFileOf(path, text, sites, today) {
  const distinct = new Map(
    sites.map((site) => [`${site.line} ${site.column} ${site.endColumn} ${site.reference}`, site])
  );
  return {
    path,
    text,
    lines: indexLines(text),
    ignores: readIgnores(text, today),
    subjects: [...distinct.values()].map((site) => subjectOf(site))
  };
}
function questionsOf(file, options) {
  return file.subjects.filter((subject) => {
    if (isAllowed(options.allow, subject)) return false;
    const open = judge(subject, options).filter(
      ({ rule }) => ignoreFor(file.ignores.valid, subject.site.line, rule.id) === void 0
    );
    return isWorthAsking(subject, open);
  });
}
function judgeFile(file, options, scopes, answerTo) {
  const known = file.subjects.map((subject) => {
    const answer = answerTo(subject);
    return answer?.kind === "facts" ? withFacts(subject, answer.facts) : subject;
  });
  const judged = known.filter((subject) => !isAllowed(options.allow, subject));
  const mendable = judged.flatMap((subject) => mendableOf(file, subject, options));
  const accepted = (one) => ignoreFor(file.ignores.valid, one.subject.site.line, one.rule.id) !== void 0;
  const open = mendable.filter((one) => !accepted(one));
  const textOfLine = (line2) => lineText(file, line2);
  const levelled = open.map((one) => ({ one, level: levelOf(file, one, scopes.level, textOfLine) }));
  const { kept, omitted } = gravest(levelled);
  const mends = mendsOf(file, open);
  return {
    references: known.map(referenceOf),
    findings: kept.map(({ one, level }) => findingOf(file, one, level, mends)),
    omitted,
    ignored: mendable.filter(accepted).flatMap((one) => ignoredOf(file, one, scopes, textOfLine)),
    voidIgnores: file.ignores.bad.map((bad) => ({ file: file.path, ...bad })),
    skipped: judged.flatMap((subject) => unreadable(subject)),
    allowed: known.length - judged.length
  };
}
function mendableOf(file, subject, options) {
  return judge(subject, options).map((objection) => withEdits(file, subject, objection));
}
function withEdits(file, subject, objection) {
  const { remedy } = objection.judgement;
  const edits = remedy === void 0 ? void 0 : editsOf(subject.site, file, remedy);
  return { ...objection, subject, ...edits === void 0 ? {} : { edits } };
}
function referenceOf({ site, parts, facts }) {
  const digest = parts.validDigest ?? facts.tag?.digest;
  const { file, line: line2, column, endColumn, reference, format } = site;
  return { file, line: line2, column, endColumn, reference, ...digest === void 0 ? {} : { digest }, format };
}
function levelOf(file, { subject, rule }, scope, textOfLine) {
  return isOnNewLine(file, subject.site, scope, textOfLine) ? rule.level : "notice";
}
function gravest(all) {
  const omitted = { error: 0, warning: 0, notice: 0 };
  if (all.length <= LIMITS.findings) return { kept: all, omitted };
  const room = { error: 0, warning: 0, notice: 0 };
  let left = LIMITS.findings;
  for (const level of LEVELS) {
    const count = all.filter((one) => one.level === level).length;
    room[level] = Math.min(count, left);
    omitted[level] = count - room[level];
    left -= room[level];
  }
  const kept = all.filter(({ level }) => {
    room[level] -= 1;
    return room[level] >= 0;
  });
  return { kept, omitted };
}
var MAX_NEIGHBOURS = 64;
function mendsOf(file, open) {
  const byLine = /* @__PURE__ */ new Map();
  for (const one of open) {
    const [first] = one.edits ?? [];
    if (first === void 0 || one.rule.level === "notice") continue;
    const line2 = positionAt(file.lines, first.start).line;
    const present = byLine.get(line2);
    if (present === void 0) byLine.set(line2, [one]);
    else present.push(one);
  }
  return { lines: [...byLine.keys()].toSorted((one, other) => one - other), byLine };
}
function neighboursOf(file, one, mends) {
  const touched = (one.edits ?? []).flatMap(
    ({ start, end }) => [start, end].map((offset) => positionAt(file.lines, offset).line)
  );
  const first = Math.min(one.subject.site.line, ...touched);
  const last = Math.max(one.subject.site.line, ...touched);
  const found = [];
  for (let at = upperBound(mends.lines, (line2) => line2 < first); at < mends.lines.length; at += 1) {
    const line2 = mends.lines[at] ?? Infinity;
    if (line2 > last) break;
    for (const other of mends.byLine.get(line2) ?? []) {
      if (other === one || other.edits === void 0) continue;
      if (found.length >= MAX_NEIGHBOURS) return void 0;
      found.push(other.edits);
    }
  }
  return found;
}
function findingOf(file, one, level, mends) {
  const { site } = one.subject;
  const others = one.edits === void 0 ? void 0 : neighboursOf(file, one, mends);
  return {
    file: file.path,
    line: site.line,
    column: site.column,
    endColumn: site.endColumn,
    rule: one.rule.id,
    level,
    reference: site.reference,
    message: one.judgement.message,
    ...one.edits === void 0 || others === void 0 ? {} : { fix: fixOf(site.line, file, one.edits, others) }
  };
}
function isOnNewLine(file, site, scope, textOfLine) {
  const end = site.placement.kind === "value" ? lastLineOf(file, site.placement.range.end) : site.line;
  return scope.isAdded(file.path, site.line, Math.max(site.line, end), textOfLine);
}
function lastLineOf({ lines }, offset) {
  return upperBound(lines.starts, (start) => start <= offset);
}
function lineText({ text, lines }, line2) {
  const start = lines.starts[line2 - 1];
  if (start === void 0) return "";
  return text.slice(start, lines.starts[line2] ?? text.length).replace(/\r?\n$/, "");
}
var NO_MENDS = { lines: [], byLine: /* @__PURE__ */ new Map() };
function ignoredOf(file, one, { level, change: change2 }, textOfLine) {
  const ignore = ignoreFor(file.ignores.valid, one.subject.site.line, one.rule.id);
  if (ignore === void 0) return [];
  const isNew = change2?.isAdded(file.path, ignore.line, ignore.line, textOfLine) ?? false;
  return [
    {
      ...findingOf(file, one, levelOf(file, one, level, textOfLine), NO_MENDS),
      reason: ignore.reason,
      ...ignore.until === void 0 ? {} : { until: ignore.until },
      isNew
    }
  ];
}
function unreadable({ site, error }) {
  return error === void 0 || traitOf(site, "name-unknown") !== void 0 ? [] : [{ file: site.file, reason: `line ${site.line}: ${error.message}` }];
}

// src/rules/scope.ts
var EVERYTHING = { isChanged: () => true, isAdded: () => true };
function scopeOfSpans(added) {
  const sorted = /* @__PURE__ */ new Map();
  const spansOf = (file) => {
    const spans = sorted.get(file) ?? joined(added.get(file) ?? []);
    sorted.set(file, spans);
    return spans;
  };
  return {
    isChanged: (file) => added.has(file),
    isAdded(file, first, last) {
      const spans = spansOf(file);
      const span = spans[upperBound(spans, (one) => one.first <= last) - 1];
      return span !== void 0 && first < span.first + span.count;
    }
  };
}
function joined(spans) {
  const result = [];
  for (const span of spans.toSorted((one, other) => one.first - other.first)) {
    const before = result.at(-1);
    if (before === void 0 || before.first + before.count < span.first) result.push(span);
    else {
      const end = Math.max(before.first + before.count, span.first + span.count);
      result[result.length - 1] = { first: before.first, count: end - before.first };
    }
  }
  return result;
}
var WITHOUT_PATCH = /* @__PURE__ */ new Set(["renamed", "unchanged"]);
function scopeOfApi(files, complete, isSameKind2) {
  const rows = new Map(files.filter(({ status }) => status !== "removed").map((row) => [row.filename, row]));
  const patches = /* @__PURE__ */ new Map();
  const linesOf2 = (row) => {
    const known = patches.get(row.filename) ?? new AddedLines(row.patch ?? "");
    patches.set(row.filename, known);
    return known;
  };
  return {
    isChanged: (file) => rows.has(file) || !complete,
    isAdded(file, first, last, lineText2) {
      const row = rows.get(file);
      if (row === void 0) return !complete;
      if (row.previous !== void 0 && !isSameKind2(row.previous, file)) return true;
      if (row.patch === void 0) return row.changes > 0 || !WITHOUT_PATCH.has(row.status);
      const added = linesOf2(row);
      if (row.additions !== void 0 && added.count < row.additions) return true;
      return added.overlap(first, last, lineText2);
    }
  };
}
var AddedLines = class {
  count;
  #lines;
  #numbers;
  #texts;
  /** Whether the numbers are those of the text that was asked about last. */
  #last;
  constructor(patch) {
    this.#lines = readPatch(patch).filter(({ added }) => added);
    this.count = this.#lines.length;
    this.#numbers = new Set(this.#lines.map(({ line: line2 }) => line2));
    this.#texts = new Set(this.#lines.map(({ text }) => text));
  }
  overlap(first, last, lineText2) {
    if (this.#last?.lineText !== lineText2) {
      this.#last = { lineText: lineText2, inPlace: this.#lines.every(({ line: line2, text }) => lineText2(line2) === text) };
    }
    const { inPlace } = this.#last;
    for (let line2 = first; line2 <= last; line2 += 1) {
      if (inPlace ? this.#numbers.has(line2) : this.#texts.has(lineText2(line2))) return true;
    }
    return false;
  }
};

// src/rules/verdict.ts
function verdictOf(findings, open, scanned, { onUnresolved }) {
  if (findings.some(({ level }) => level !== "notice")) return "findings";
  if (open.length > 0 && onUnresolved !== "ignore") return "unverified";
  return scanned === 0 ? "nothing-scanned" : "clean";
}
function fails(findings, open, verdicts) {
  if (verdicts.onUnresolved === "fail" && open.length > 0) return true;
  if (verdicts.failOn === "never") return false;
  return findings.some(({ level }) => level === "error" || level === "warning" && verdicts.failOn === "warning");
}

// src/actions/check/change.ts
async function findChange(event, sources) {
  if (event.kind === "other") return whole2(event.why);
  const head = await sources.git.head();
  const place = head === void 0 ? "unknown" : await placeOf2(event, head, sources.git);
  if (place === "elsewhere") return whole2("the checkout is not the commit of this event");
  if (head !== void 0 && place !== "unknown") {
    const base = await baseInClone(event.base, head, place, sources.git);
    const added = base === void 0 ? void 0 : await sources.git.addedBetween(base, head.id, sources.isSameKind);
    if (added !== void 0) return { scope: scopeOfSpans(added) };
  }
  return fromApi(event, sources);
}
function whole2(why) {
  return {
    scope: EVERYTHING,
    notice: `The lines that this change adds are not known (${why}), so every line of the repository counts.`
  };
}
async function placeOf2(event, head, git) {
  if (head.id === event.head) return "head";
  if (head.parents.length === 2 && head.parents[1] === event.head) return "merge";
  const inClone = await git.hasCommit(event.head);
  return inClone && await git.mergeBase(event.head, head.id) === event.head ? "descendant" : "elsewhere";
}
async function baseInClone(base, head, place, git) {
  const first = head.parents[0];
  if (place === "merge") return first !== void 0 && await git.hasCommit(first) ? first : void 0;
  return await git.hasCommit(base) ? git.mergeBase(base, head.id) : void 0;
}
async function fromApi(event, sources) {
  const github = await sources.github();
  if (github === void 0) return whole2("the base commit is not in the clone, and there is no github-token");
  let changed;
  try {
    changed = event.kind === "pull" ? await github.pullFiles(event.number) : await github.comparedFiles(event.base, event.head);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return whole2(`the base commit is not in the clone, and ${lowerFirst(error.message)}`);
  }
  const present = changed.files.filter(({ status }) => status !== "removed");
  if (present.length > 0 && !present.some(({ filename }) => sources.isFile(filename))) {
    return whole2("the changed files are not in the workspace: the repository is checked out elsewhere");
  }
  const scope = scopeOfApi(changed.files, changed.complete, sources.isSameKind);
  if (changed.complete) return { scope };
  const notice = `GitHub lists only ${changed.files.length} of the changed files; every line of the others counts.`;
  return { scope, notice };
}
function lowerFirst(text) {
  return /^[A-Z][a-z]/.test(text) && !text.startsWith("GitHub") ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

// src/report/annotations.ts
var MESSAGE_LIMIT = 4096;
function annotationsOf({ findings, voidIgnores }) {
  const all = [...findings.map(annotationOf), ...voidIgnores.map(annotationOfVoid)];
  return LEVELS.flatMap((level) => firstOnes(all.filter((one) => one.level === level)));
}
function firstOnes(annotations) {
  const [kept, last] = [annotations.slice(0, LIMITS.annotationsOfAKind), annotations[LIMITS.annotationsOfAKind - 1]];
  const more = annotations.length - kept.length;
  if (more === 0 || last === void 0) return kept;
  const note = `
and ${more} more, in the summary and the reports`;
  return [...kept.slice(0, -1), { ...last, message: clipped(last.message, MESSAGE_LIMIT - note.length) + note }];
}
function annotationOf(finding) {
  const { file, line: line2, column, endColumn, level, rule, message, fix } = finding;
  const write = fix === void 0 ? "" : `
Write: ${fix.replacement.trim()}`;
  const accept = `
Accept: # image-digest: ignore[${rule}] reason`;
  const body = clipped(message + write, MESSAGE_LIMIT - accept.length);
  return { level, title: rule, message: body + accept, file, line: line2, column, endColumn };
}
function annotationOfVoid({ file, line: line2, column, endColumn, message }) {
  return { level: "warning", title: "ignore", message, file, line: line2, column, endColumn };
}

// src/report/json-report.ts
function jsonReport(report) {
  const { verdict, references, findings, ignored, skipped: skipped2, unverified, truncated } = report;
  const value = {
    schemaVersion: 1,
    verdict,
    references,
    findings: findings.map(jsonFinding),
    ignored: ignored.map(jsonIgnored),
    skipped: skipped2.map(({ file, reason }) => ({ file, reason })),
    unverified,
    truncated
  };
  return `${JSON.stringify(value, void 0, 2)}
`;
}
function jsonFinding({ file, line: line2, column, endColumn, rule, level, reference, message, fix }) {
  const own = { file, line: line2, column, endColumn, rule, level, reference, message };
  return fix === void 0 ? own : { ...own, fix: fix.replacement };
}
function jsonIgnored(finding) {
  const own = { ...jsonFinding(finding), reason: finding.reason };
  return finding.until === void 0 ? own : { ...own, until: finding.until };
}
var OUTPUT_BYTES = 256 * 1024;
function arrayOutputs(report) {
  const findings = arrayWithin(report.findings.map(jsonFinding), OUTPUT_BYTES - 2);
  const references = arrayWithin(report.references, OUTPUT_BYTES - byteLength(findings.text));
  return {
    findings: findings.text,
    references: references.text,
    truncated: findings.truncated || references.truncated
  };
}
function arrayWithin(values, bytes) {
  const parts = [];
  let size = 2;
  for (const value of values) {
    const part = JSON.stringify(value);
    size += byteLength(part) + 1;
    if (size > bytes) return { text: `[${parts.join(",")}]`, truncated: true };
    parts.push(part);
  }
  return { text: `[${parts.join(",")}]`, truncated: false };
}
var encoder = new TextEncoder();
function byteLength(text) {
  return encoder.encode(text).length;
}

// src/report/check-summary.ts
function checkSummary(report, options = {}) {
  const parts = new Parts(options.limit ?? LIMITS.summaryBytes);
  parts.add(verdictLine(report));
  for (const notice of options.notices ?? []) parts.add(`> ${prose(notice)}`);
  if (report.findings.length > 0)
    parts.addTable(
      FINDING_HEADERS,
      report.findings.map((one) => findingRow(one, options))
    );
  const omitted = omittedText(report);
  if (omitted !== void 0) parts.add(`${omitted}.`);
  if (report.findings.some(({ fix }) => fix !== void 0)) parts.add(fixHint(options.patchFile));
  addUnverified(parts, report);
  addIgnored(parts, report);
  addSkipped(parts, report);
  return parts.text();
}
function verdictLine(report) {
  const unique = new Set(report.references.map(({ reference }) => reference)).size;
  const seen = `${plural(report.references.length, "reference")}, ${unique} unique, in ${plural(report.files, "file")}`;
  const lines = {
    clean: () => `**Clean**: ${seen}${report.findings.length > 0 ? `; ${levelsText(report.findings)}` : ""}.`,
    findings: () => `**Findings**: ${levelsText(report.findings)} (${seen}).`,
    unverified: () => `**Unverified**: ${openText(report)} (${seen}).`,
    "nothing-scanned": () => `**Nothing scanned**: no file matches ${report.patterns.map((one) => codeSpan(one)).join(", ")}.`
  };
  return lines[report.verdict]();
}
function openText(report) {
  const unjudged = unjudgedText(report);
  const silent = report.unverified.length === 0 ? [] : [`${registriesOf(report)} did not answer`];
  return [...silent, ...unjudged === void 0 ? [] : [prose(unjudged)]].join("; ");
}
function registriesOf({ unverified }) {
  return [...new Set(unverified.map(({ registry }) => registry))].map((registry) => codeSpan(registry)).join(", ");
}
var FINDING_HEADERS = ["", "Where", "Rule", "What", "Write instead"];
function findingRow(finding, { documentation }) {
  const { file, line: line2, rule, level, message, fix } = finding;
  const named = documentation === void 0 ? `\`${rule}\`` : `[\`${rule}\`](${documentation}/docs/rules/${rule}.md)`;
  return [level, placeCell(file, line2), named, prose(message), cell(fix?.replacement.trim() ?? "")];
}
function placeCell(file, line2) {
  const place = `${file}:${line2}`;
  return cell(place.length > 200 ? `…${place.slice(-199)}` : place);
}
function fixHint(patchFile) {
  const accept = "Accept a finding with a comment on its line or the line before: `# image-digest: ignore[rule] reason`.";
  return patchFile === void 0 ? accept : `Apply all fixes with git apply ${codeSpan(patchFile)}. ${accept}`;
}
function addUnverified(parts, { unverified }) {
  if (unverified.length === 0) return;
  parts.add(heading(3, "Not verified"));
  parts.addTable(
    ["Registry", "Reason"],
    unverified.map(({ registry, reason }) => [cell(registry), prose(reason)])
  );
}
function addIgnored(parts, { ignored, voidIgnores, allowed }) {
  if (allowed > 0) parts.add(`${plural(allowed, "reference")} accepted by the input allow.`);
  if (ignored.length > 0) {
    const fresh = ignored.filter(({ isNew }) => isNew).length;
    const added = fresh === 0 ? "" : `, ${fresh} of them by comments that this change adds`;
    parts.add(heading(3, `${plural(ignored.length, "finding")} ignored${added}`));
    parts.addTable(["Where", "Rule", "Reference", "Reason", "Until", "New"], ignored.map(ignoredRow));
  }
  if (voidIgnores.length > 0) {
    parts.add(heading(3, "Comments that accept nothing"));
    parts.addTable(
      ["Where", "Why"],
      voidIgnores.map(({ file, line: line2, message }) => [placeCell(file, line2), prose(message)])
    );
  }
}
function ignoredRow({ file, line: line2, rule, reference, reason, until, isNew }) {
  return [placeCell(file, line2), `\`${rule}\``, cell(reference), cell(reason), until ?? "", isNew ? "yes" : ""];
}
function addSkipped(parts, { skipped: skipped2, truncated }) {
  if (truncated) parts.add("A limit was reached: not every file was read.");
  if (skipped2.length === 0) return;
  const rows = skipped2.slice(0, 1e3).map(({ file, reason }) => [cell(file), prose(reason)]);
  const more = skipped2.length - rows.length;
  const note = more > 0 ? `

… ${more} more` : "";
  parts.add(details(`${plural(skipped2.length, "place")} not judged`, table(["File", "Reason"], rows) + note));
}
var Parts = class {
  #parts = [];
  #left;
  #full = false;
  constructor(limit) {
    this.#left = limit - 200;
  }
  add(markdown) {
    const size = byteLength(markdown) + 2;
    if (size > this.#left) this.#full = true;
    else {
      this.#left -= size;
      this.#parts.push(markdown);
    }
  }
  addTable(headers, rows) {
    const lines = table(headers, rows).split("\n");
    const kept = [];
    let size = 40;
    for (const line2 of lines) {
      size += byteLength(line2) + 1;
      if (size > this.#left) break;
      kept.push(line2);
    }
    if (kept.length < 3) {
      this.#full = true;
      return;
    }
    const more = lines.length - kept.length;
    this.add(kept.join("\n"));
    if (more > 0) this.add(`… ${more} more`);
  }
  text() {
    const end = this.#full ? ["More did not fit here; it is in the reports and the log."] : [];
    return `${[...this.#parts, ...end].join("\n\n")}
`;
  }
};

// src/report/review.ts
var SUGGESTIONS_OF_A_REVIEW = 30;
var MARKER = "<!-- image-digest:suggestion ";
function suggestionsOf(findings, files, original) {
  const patches = new Map(files.map(({ filename, patch }) => [filename, readPatch(patch ?? "")]));
  const made = /* @__PURE__ */ new Map();
  for (const finding of findings) {
    if (finding.fix === void 0 || finding.level === "notice") continue;
    const place = placeOf3(patches.get(finding.file) ?? [], finding.fix.startLine, original(finding));
    const suggestion = place === void 0 ? void 0 : suggestionOf(finding, place);
    const key = `${finding.file} ${place?.startLine}`;
    if (suggestion !== void 0 && !made.has(key)) made.set(key, suggestion);
    if (made.size === SUGGESTIONS_OF_A_REVIEW) break;
  }
  return [...made.values()];
}
function placeOf3(patch, first, lines) {
  const starts = patch.flatMap((_, index2) => standsAt(patch, index2, lines) ? [index2] : []);
  const exact = starts.find((index2) => patch[index2]?.line === first);
  const index = exact ?? (starts.length === 1 ? starts[0] : void 0);
  const startLine = index === void 0 ? void 0 : patch[index]?.line;
  return startLine === void 0 ? void 0 : { startLine, line: startLine + lines.length - 1 };
}
function standsAt(patch, index, lines) {
  const start = patch[index]?.line ?? 0;
  const block = lines.map((_, offset) => patch[index + offset]);
  return block.every((one, offset) => one !== void 0 && one.line === start + offset && one.text === lines[offset]) && block.some((one) => one?.added === true);
}
function suggestionOf(finding, place) {
  const { rule, message, fix, file } = finding;
  if (fix === void 0 || fix.replacement.split("\n").some((line2) => printable(line2.replaceAll("	", "")) !== line2.replaceAll("	", ""))) {
    return void 0;
  }
  const fingerprint = hexOf(digestOf(new TextEncoder().encode(JSON.stringify([file, rule, fix.replacement])))).slice(
    0,
    16
  );
  const fence = "`".repeat(Math.max(3, ...[...fix.replacement.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const body = [
    `${MARKER}${fingerprint} -->`,
    `${codeSpan(rule)}: ${prose(clipped(message, 2e3))}`,
    "",
    `${fence}suggestion`,
    fix.replacement,
    fence
  ].join("\n");
  return { path: file, ...place, body, fingerprint };
}
function planReview(wanted, present, login) {
  const answered = new Set(present.flatMap(({ inReplyTo }) => inReplyTo === void 0 ? [] : [inReplyTo]));
  const own = present.flatMap((comment) => {
    const fingerprint = comment.login === login ? fingerprintIn(comment.body) : void 0;
    return fingerprint === void 0 ? [] : [{ comment, fingerprint }];
  });
  const wishes = new Set(wanted.map(({ fingerprint }) => fingerprint));
  const kept = /* @__PURE__ */ new Set();
  const remove = [];
  for (const { comment, fingerprint } of own) {
    const stays = !comment.outdated && wishes.has(fingerprint) && !kept.has(fingerprint);
    if (stays) kept.add(fingerprint);
    else if (!answered.has(comment.id)) remove.push(comment.id);
  }
  return { post: wanted.filter(({ fingerprint }) => !kept.has(fingerprint)), remove };
}
function fingerprintIn(body) {
  if (!body.startsWith(MARKER)) return void 0;
  const fingerprint = body.slice(MARKER.length, MARKER.length + 16);
  return /^[0-9a-f]{16}$/.test(fingerprint) ? fingerprint : void 0;
}

// src/report/sticky.ts
function stickyMarker(step) {
  return `<!-- image-digest:check ${hexOf(digestOf(new TextEncoder().encode(step))).slice(0, 16)} -->`;
}
function stickyBody(report, marker, options) {
  return `${marker}
${checkSummary(report, { ...options, limit: LIMITS.commentCharacters - marker.length - 1 })}`;
}
function ownComment(comments, marker, login) {
  return comments.find((comment) => comment.login === login && comment.body.startsWith(marker));
}

// src/actions/check/conversation.ts
async function tellOnPullRequest(publication, failed, options) {
  const { event, inputs, network } = publication;
  const wanted = inputs.suggestions === "auto" || inputs.comment !== "never";
  if (event.kind !== "pull" || !wanted) return [];
  const problems = [];
  const attempt = async (work) => {
    try {
      const github = await network.github();
      if (github !== void 0) await work(github, onceLogin(github));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error);
    }
  };
  if (inputs.suggestions === "auto") await attempt((github, login) => suggest(publication, event, github, login));
  if (inputs.comment !== "never") {
    await attempt((github, login) => keepComment(publication, event.number, failed, options, github, login));
  }
  return noticesOf(problems);
}
function onceLogin(github) {
  let login;
  return () => {
    login ??= github.login();
    return login;
  };
}
function noticesOf([first]) {
  if (first === void 0) return [];
  const why = first.code === "unauthorized" ? "the token may not write on this pull request" : first.message;
  return [`No suggestions or comments: ${why}. ${first.hint}. Annotations, summary and verdict are complete.`];
}
async function suggest(publication, event, github, login) {
  const { report } = publication;
  const fixable = report.findings.filter(({ fix, level }) => fix !== void 0 && level !== "notice");
  const present = await github.lineComments(event.number);
  if (fixable.length === 0 && present.length === 0) return;
  const wanted = fixable.length === 0 ? [] : suggestionsOf(
    fixable,
    (await github.pullFiles(event.number)).files,
    (finding) => originalLines(publication, finding)
  );
  if (wanted.length === 0 && present.length === 0) return;
  const plan = planReview(wanted, present, await login());
  for (const id of plan.remove) await github.removeLineComment(id);
  if (plan.post.length > 0) await github.createReview(event.number, event.head, plan.post);
}
function originalLines({ scan: scan2 }, { file, fix }) {
  const scanned = scan2.files.find(({ path }) => path === file);
  if (scanned === void 0 || fix === void 0) return [];
  return scanned.text.split("\n").slice(fix.startLine - 1, fix.endLine).map((line2) => line2.replace(/\r$/, ""));
}
async function keepComment({ report, inputs }, pull, failed, options, github, login) {
  const marker = stickyMarker(stepName());
  const own = ownComment(await github.comments(pull), marker, await login());
  const body = stickyBody(report, marker, options);
  if (own !== void 0) {
    if (own.body !== body) await github.updateComment(own.id, body);
  } else if (failed || inputs.comment === "always") await github.createComment(pull, body);
}
function stepName() {
  return ["GITHUB_WORKFLOW", "GITHUB_JOB", "GITHUB_ACTION"].map((name) => environment(name) ?? "").join("\n");
}

// src/actions/check/publication.ts
function documentationBase() {
  const repository = environment("GITHUB_ACTION_REPOSITORY");
  const ref = environment("GITHUB_ACTION_REF") ?? "HEAD";
  if (repository === void 0 || !/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./-]+$/.test(ref)) return void 0;
  return `${environment("GITHUB_SERVER_URL") ?? "https://github.com"}/${repository}/blob/${ref}`;
}

// src/report/patch.ts
var CONTEXT2 = 3;
var BYTE_ORDER_MARK2 = "\uFEFF";
function patchOf(files) {
  return files.filter(({ edits }) => edits.length > 0).toSorted((one, other) => one.path < other.path ? -1 : 1).map(patchOfFile).join("");
}
function patchOfFile(file) {
  const before = quotePath(`a/${file.path}`);
  const after = quotePath(`b/${file.path}`);
  const header = `diff --git ${before} ${after}
--- ${before}
+++ ${after}
`;
  const mark = file.hasByteOrderMark ? BYTE_ORDER_MARK2 : "";
  const source = markedSource(file, mark);
  const lines = indexLines(source.text);
  let shift = 0;
  const hunks = hunksOf(source.edits, lines, linesIn(source.text, lines)).map((hunk) => {
    const made = writeHunk(source.text, lines, hunk, shift);
    shift = made.shift;
    return made.text;
  });
  return header + hunks.join("");
}
function markedSource({ text, edits }, mark) {
  if (mark === "") return { text, edits };
  const moved = edits.map(({ start, end, text: inserted }) => ({ start: start + 1, end: end + 1, text: inserted }));
  return { text: mark + text, edits: moved };
}
function linesIn(text, { starts }) {
  return (starts.at(-1) ?? 0) === text.length ? starts.length - 1 : starts.length;
}
function hunksOf(edits, lines, count) {
  const hunks = [];
  for (const change2 of changesOf(edits, lines)) {
    const first = Math.max(1, change2.first - CONTEXT2);
    const last = Math.min(count, change2.last + CONTEXT2);
    const before = hunks.at(-1);
    if (before === void 0 || before.last + 1 < first) hunks.push({ first, last, changes: [change2] });
    else hunks.splice(-1, 1, { first: before.first, last, changes: [...before.changes, change2] });
  }
  return hunks;
}
function changesOf(edits, lines) {
  const changes2 = [];
  for (const edit of edits.toSorted((one, other) => one.start - other.start || one.end - other.end)) {
    const first = positionAt(lines, edit.start).line;
    const last = positionAt(lines, edit.end).line;
    const before = changes2.at(-1);
    if (before === void 0 || before.last < first) changes2.push({ first, last, edits: [edit] });
    else
      changes2.splice(-1, 1, { first: before.first, last: Math.max(before.last, last), edits: [...before.edits, edit] });
  }
  return changes2;
}
function writeHunk(text, lines, hunk, shift) {
  const out = [];
  let removed = 0;
  let added = 0;
  const slice = (first, last) => sliceLines(text, lines, first, last);
  const context = (first, last) => {
    const kept = splitLines(slice(first, last));
    removed += kept.length;
    added += kept.length;
    out.push(...kept.map((line2) => marked(" ", line2)));
  };
  let next = hunk.first;
  for (const change2 of hunk.changes) {
    context(next, change2.first - 1);
    const old = slice(change2.first, change2.last);
    const fresh = applyEdits(old, movedEdits(change2.edits, lines.starts[change2.first - 1] ?? 0, change2.first));
    const { kept, oldLines, newLines, rest } = difference(splitLines(old), splitLines(fresh));
    removed += kept.length + oldLines.length + rest.length;
    added += kept.length + newLines.length + rest.length;
    out.push(
      ...kept.map((line2) => marked(" ", line2)),
      ...oldLines.map((line2) => marked("-", line2)),
      ...newLines.map((line2) => marked("+", line2)),
      ...rest.map((line2) => marked(" ", line2))
    );
    next = change2.last + 1;
  }
  context(next, hunk.last);
  const header = `@@ -${hunk.first},${removed} +${hunk.first + shift},${added} @@
`;
  return { text: header + out.join(""), shift: shift + added - removed };
}
function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return {
    kept: before.slice(0, start),
    oldLines: before.slice(start, before.length - end),
    newLines: after.slice(start, after.length - end),
    rest: before.slice(before.length - end)
  };
}
function startOf(lines, line2) {
  return line2 === 1 ? 0 : lines.starts[line2 - 1] ?? 0;
}
function sliceLines(text, lines, first, last) {
  return last < first ? "" : text.slice(startOf(lines, first), lines.starts[last] ?? text.length);
}
function movedEdits(edits, start, line2) {
  const base = line2 === 1 ? 0 : start;
  return edits.map((edit) => ({ start: edit.start - base, end: edit.end - base, text: edit.text }));
}
function splitLines(text) {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
function marked(sign, line2) {
  return line2.endsWith("\n") ? sign + line2 : `${sign}${line2}
\\ No newline at end of file
`;
}
var ESCAPES3 = /* @__PURE__ */ new Map([
  ["	", String.raw`\t`],
  ["\n", String.raw`\n`],
  ["\r", String.raw`\r`],
  ['"', String.raw`\"`],
  ["\\", String.raw`\\`]
]);
function quotePath(path) {
  if (!/[\u0000-\u001f\u007f"\\ ]/.test(path)) return path;
  const escaped = path.replaceAll(/[\u0000-\u001f\u007f"\\]/g, (character) => {
    const octal = (character.codePointAt(0) ?? 0).toString(8).padStart(3, "0");
    return ESCAPES3.get(character) ?? `\\${octal}`;
  });
  return `"${escaped}"`;
}

// src/report/sarif.ts
var SARIF_LEVEL = { error: "error", warning: "warning", notice: "note" };
function sarifReport(report, tool) {
  const open = report.findings.toSorted(bySeverity).map((finding) => resultOf(finding));
  const ignored = report.ignored.map((finding) => ({ ...resultOf(finding), suppressions: [suppressionOf(finding)] }));
  const value = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: driverOf(tool) },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository" } } },
        results: [...open, ...ignored].slice(0, LIMITS.sarifResults)
      }
    ]
  };
  return `${JSON.stringify(value, void 0, 2)}
`;
}
function driverOf({ version, documentation }) {
  return {
    name: "image-digest",
    semanticVersion: version,
    ...documentation === void 0 ? {} : { informationUri: `${documentation}/check/README.md` },
    rules: RULES.map(({ id, title, why, help, level }) => ({
      id,
      name: pascalCase(id),
      shortDescription: { text: title },
      fullDescription: { text: why },
      help: { text: help, markdown: help },
      ...documentation === void 0 ? {} : { helpUri: `${documentation}/${documentationOfRule(id)}` },
      defaultConfiguration: { level: SARIF_LEVEL[level] },
      properties: { tags: ["supply-chain", "containers"] }
    }))
  };
}
function pascalCase(id) {
  return id.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
function resultOf(finding) {
  const { file, line: line2, column, endColumn, rule, level, message, fix } = finding;
  const artifactLocation = { uri: encodePath(file), uriBaseId: "%SRCROOT%" };
  return {
    ruleId: rule,
    ruleIndex: RULES.findIndex(({ id }) => id === rule),
    level: SARIF_LEVEL[level],
    message: { text: plainMessage(message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: { startLine: line2, startColumn: column, endColumn: Math.max(endColumn, column) }
        }
      }
    ],
    partialFingerprints: { "imageDigest/v1": fingerprintOf(finding) },
    ...fix === void 0 ? {} : { fixes: [fixOf2(fix, artifactLocation)] }
  };
}
function fixOf2(fix, artifactLocation) {
  const replacement = {
    deletedRegion: { startLine: fix.startLine, endLine: fix.endLine },
    insertedContent: { text: fix.replacement }
  };
  return {
    description: { text: "Write the reference so that it cannot move" },
    artifactChanges: [{ artifactLocation, replacements: [replacement] }]
  };
}
function suppressionOf({ reason }) {
  return { kind: "inSource", justification: plainMessage(reason) };
}
function plainMessage(text) {
  return text.replaceAll(/[\\[\]]/g, String.raw`\$&`);
}
function fingerprintOf({ file, rule, reference }) {
  return hexOf(digestOf(new TextEncoder().encode(JSON.stringify([file, rule, reference])))).slice(0, 32);
}
function encodePath(path) {
  return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}

// src/actions/check/report-files.ts
async function writeReports(publication) {
  const { report, inputs } = publication;
  const documentation = documentationBase();
  const tool = { version: VERSION, ...documentation === void 0 ? {} : { documentation } };
  const contents = [
    [inputs.reports.json, () => jsonReport(report)],
    [inputs.reports.sarif, () => sarifReport(report, tool)],
    [inputs.reports.patch, () => patchOf(patchedFiles(publication))]
  ];
  let written = true;
  for (const [path, make] of contents) {
    if (path === void 0) continue;
    try {
      line(`${path}: ${await writeWorkspaceFile(path, make(), writableFolders())}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      annotate("error", error.code, wordsOf(error));
      written = false;
    }
  }
  return written;
}
function patchedFiles({ report, scan: scan2 }) {
  return scan2.files.map(({ path, text, hasByteOrderMark }) => {
    const own = report.findings.filter(({ file, level }) => file === path && level !== "notice");
    const edits = compatible(own.flatMap(({ fix }) => fix === void 0 ? [] : [fix.edits]));
    return { path, text, hasByteOrderMark, edits };
  });
}

// src/actions/check/publish.ts
async function publish(publication) {
  const { report, inputs } = publication;
  const failed = fails(report.findings, [...report.unverified, ...report.unjudged ?? []], inputs);
  if (inputs.annotations) printAnnotations(report);
  log(report, inputs);
  const filesWritten = await writeReports(publication);
  const documentation = documentationBase();
  const patchFile = inputs.reports.patch;
  const options = {
    ...documentation === void 0 ? {} : { documentation },
    ...patchFile === void 0 ? {} : { patchFile }
  };
  const more = await tellOnPullRequest(publication, failed, options);
  const notices = [...publication.notices, ...more];
  if (notices.length > 0) annotate("notice", "image-digest", notices.join("\n"));
  tellUnverified(report, inputs);
  tellUnjudged(report, inputs);
  setOutputs(outputsOf(report, inputs));
  if (inputs.showSummary) await writeSummary(checkSummary(report, { ...options, notices }));
  if (failed) annotate("error", "image-digest", closingWords(report, inputs));
  return filesWritten && !failed;
}
function printAnnotations(report) {
  for (const { level, title, message, file, line: startLine, column, endColumn } of annotationsOf(report)) {
    annotate(level, title, message, { file, startLine, startColumn: column, endColumn });
  }
}
function log(report, { annotations }) {
  const { findings, ignored, skipped: skipped2, unverified, references, files } = report;
  const counts = Object.values(countLevels(findings));
  if (findings.length > 0 && (!annotations || counts.some((count) => count > LIMITS.annotationsOfAKind))) {
    group(`All findings: ${levelsText(findings)}`, findings.map(logLine));
  }
  for (const { file, line: at, rule, reason, isNew } of ignored) {
    line(`ignored${isNew ? " (added by this change)" : ""}: ${file}:${at} ${rule}: ${reason}`);
  }
  for (const { registry, reason } of unverified) line(`not verified: ${registry}: ${reason}`);
  if (skipped2.length > 0) {
    group(
      `Not judged: ${plural(skipped2.length, "place")}`,
      skipped2.map(({ file, reason }) => `${file}: ${reason}`)
    );
  }
  line(
    `${report.verdict}: ${plural(references.length, "reference")} in ${plural(files, "file")}, ${levelsText(findings)}`
  );
}
function logLine({ file, line: at, column, level, rule, message }) {
  return `${level}: ${file}:${at}:${column} ${rule}: ${message}`;
}
function tellUnverified({ unverified }, { onUnresolved }) {
  if (unverified.length === 0 || onUnresolved === "ignore") return;
  const registries = [...new Set(unverified.map(({ registry }) => registry))].join(", ");
  const [first] = unverified;
  const rest = unverified.length > 1 ? ` and ${unverified.length - 1} more, in the log` : "";
  const text = `${registries} could not say what is true: ${first?.reason ?? ""}${rest}`;
  annotate(onUnresolved === "fail" ? "error" : "warning", "unverified", text);
}
function tellUnjudged(report, { onUnresolved }) {
  const text = unjudgedText(report);
  if (text === void 0) return;
  annotate(onUnresolved === "fail" ? "error" : "warning", "unverified", `${text}. All of them are in the log`);
}
function outputsOf(report, { reports }) {
  const { findings, references, truncated } = arrayOutputs(report);
  const { omitted = { error: 0, warning: 0, notice: 0 } } = report;
  const more = omittedText(report);
  if (more !== void 0) warnOnce(more);
  if (truncated) {
    warnOnce("The outputs findings and references are cut at 256 KiB; json-file writes all of them into a file");
  }
  return {
    verdict: report.verdict,
    "findings-count": String(report.findings.length + (omitted.error + omitted.warning + omitted.notice)),
    "errors-count": String(countLevels(report.findings).error + omitted.error),
    findings,
    references,
    "sarif-file": reports.sarif ?? "",
    "json-file": reports.json ?? "",
    "patch-file": reports.patch ?? ""
  };
}
function closingWords({ findings, unverified, unjudged = [] }, { failOn, onUnresolved }) {
  const counted = findings.filter(({ level }) => level === "error" || level === "warning" && failOn === "warning");
  const why = counted.length > 0 && failOn !== "never" ? [levelsText(findings)] : [];
  if (onUnresolved === "fail" && unverified.length > 0) why.push(`${unverified.length} not verified`);
  if (onUnresolved === "fail" && unjudged.length > 0) why.push(`${plural(unjudged.length, "place")} not judged`);
  return `The check failed: ${why.join("; ")}. Write the lines that the findings show, or accept one with a comment: # image-digest: ignore[rule] reason`;
}

// src/rules/askable.ts
var WELL_KNOWN_REGISTRIES = [
  { host: "docker.io", why: "Docker Hub" },
  { host: "ghcr.io", why: "GitHub Packages" },
  { host: "quay.io", why: "Red Hat Quay" },
  { host: "public.ecr.aws", why: "Amazon ECR Public" },
  { host: "mcr.microsoft.com", why: "Microsoft Artifact Registry" },
  { host: "gcr.io", why: "Google, distroless images" },
  { host: "registry.k8s.io", why: "Kubernetes" },
  { host: "registry.gitlab.com", why: "GitLab" },
  { host: "registry.access.redhat.com", why: "Red Hat, images without a login" },
  { host: "registry.fedoraproject.org", why: "Fedora" },
  { host: "registry.opensuse.org", why: "openSUSE" },
  { host: "docker.elastic.co", why: "Elastic" },
  { host: "nvcr.io", why: "NVIDIA" },
  { host: "cgr.dev", why: "Chainguard" },
  { host: "lscr.io", why: "LinuxServer.io" }
];
var WELL_KNOWN = new Set(WELL_KNOWN_REGISTRIES.map(({ host }) => host));
function permissionFor(registry, listed, resolve) {
  const canonical = canonicalRegistry(registry);
  if (resolve === "never") return "no";
  if (listed.has(canonical)) return "with-credentials";
  return WELL_KNOWN.has(canonical) ? "anonymous" : "no";
}

// src/actions/check/questions.ts
async function askAll(files, options, inputs, network) {
  if (inputs.resolve === "never") return () => void 0;
  const references = files.flatMap((file) => questionsOf(file, options)).flatMap(({ reference }) => reference === void 0 ? [] : [reference]).filter(({ registry }) => permissionFor(registry, inputs.registries, inputs.resolve) !== "no");
  if (references.length === 0) return () => void 0;
  const { Asker, questionKey } = await import("./part-actions-check-network.js");
  const distinct = new Map(references.map((reference) => [questionKey(reference), reference]));
  const client = await network.client();
  client.announce([...distinct.values()]);
  const isMoving = (tag) => tag === "latest" || options.floatingTags.includes(tag);
  const asker = new Asker(client, network.signal, isMoving);
  const answers = /* @__PURE__ */ new Map();
  await Promise.all(
    [...distinct].map(async ([key, reference]) => {
      answers.set(key, withoutSecretsIn(await asker.ask(reference)));
    })
  );
  return ({ reference }) => reference === void 0 ? void 0 : answers.get(questionKey(reference));
}
function withoutSecretsIn(answer) {
  return answer.kind === "unanswered" ? { ...answer, reason: withoutSecrets(answer.reason) } : answer;
}

// src/actions/check/scan.ts
import { setImmediate } from "node:timers/promises";

// src/rules/left-out.ts
var FOREIGN_FOLDERS = /* @__PURE__ */ new Map([
  ["vendor", "it is vendored"],
  ["third_party", "it is vendored"],
  ["node_modules", "it is vendored"]
]);
var TEMPLATE_ENDINGS = [".j2", ".jinja", ".jinja2", ".tpl", ".tmpl", ".gotmpl", ".template", ".erb", ".mustache"];
var HELM_TEMPLATE = "it is a template of a Helm chart";
function leftOutBy(isFile, paths) {
  const isWanted = (word) => paths.some((pattern) => pattern.includes(word));
  return (path) => {
    const folders = path.split("/").slice(0, -1);
    const foreign = folders.find((folder) => FOREIGN_FOLDERS.has(folder) && !isWanted(folder));
    if (foreign !== void 0) return `${FOREIGN_FOLDERS.get(foreign)} (${foreign}/)`;
    const lower = path.toLowerCase();
    const ending = TEMPLATE_ENDINGS.find((one) => lower.endsWith(one));
    if (ending !== void 0 && !isWanted(ending)) return `it is a template (*${ending})`;
    if (isHelmTemplate(folders, isFile) && !isWanted("templates")) return HELM_TEMPLATE;
    return void 0;
  };
}
function isHelmTemplate(folders, isFile) {
  return folders.some(
    (folder, index) => folder === "templates" && isFile([...folders.slice(0, index), "Chart.yaml"].join("/"))
  );
}

// src/actions/check/included.ts
var MAX_INCLUDING = 1e3;
function includedFiles(listed, workspace) {
  const all = new Set(listed);
  const included = /* @__PURE__ */ new Map();
  for (const format of FORMATS.filter((one) => one.includes !== void 0)) {
    const open = listed.filter((path) => format.matches(path) === "yes").slice(0, MAX_INCLUDING);
    const seen = new Set(open);
    for (const path of open) {
      for (const inner of includesOf(format, path, workspace)) {
        if (!all.has(inner) || seen.has(inner) || seen.size >= MAX_INCLUDING) continue;
        seen.add(inner);
        open.push(inner);
        included.set(inner, format);
      }
    }
  }
  return included;
}
function includesOf(format, path, workspace) {
  const source = workspace.read(path);
  if (source.kind === "skipped") return [];
  try {
    return format.includes?.(source.text) ?? [];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

// src/actions/check/scan.ts
var KEPT_CHARACTERS = 64 * 1024 * 1024;
var BATCH = 64;
async function scan(listed, workspace, options) {
  const skipped2 = [];
  const candidates = candidatesOf(listed, includedFiles(listed, workspace), options, skipped2);
  const files = [];
  let read = 0;
  let kept = 0;
  let truncated = candidates.length > LIMITS.scannedFiles;
  const formatOptions = optionsOf(workspace, options);
  for (const [index, candidate] of candidates.slice(0, LIMITS.scannedFiles).entries()) {
    if (index % BATCH === BATCH - 1) await setImmediate();
    const source = workspace.read(candidate.path);
    if (source.kind === "skipped") {
      const unjudged = source.isFile ? { unjudged: "file" } : {};
      if (candidate.isCertain) skipped2.push({ file: candidate.path, reason: source.reason, ...unjudged });
      continue;
    }
    const sites = sitesIn(candidate, source, formatOptions, options, skipped2);
    if (candidate.isCertain || sites.length > 0) read += 1;
    if (sites.length === 0) continue;
    kept += source.text.length;
    if (kept > KEPT_CHARACTERS) {
      truncated = true;
      skipped2.push({ file: candidate.path, reason: "files with references are too large in sum", unjudged: "file" });
      continue;
    }
    const { hasByteOrderMark, text } = source;
    files.push({ ...readFileOf(candidate.path, text, sites, options.today), hasByteOrderMark });
  }
  const [next] = candidates.slice(LIMITS.scannedFiles);
  if (next !== void 0) {
    const more = candidates.length - LIMITS.scannedFiles;
    const reason = `at most ${LIMITS.scannedFiles} files are read; this one and ${more - 1} more are not`;
    skipped2.push({ file: next.path, reason, unjudged: "more" });
  }
  return { files, read, skipped: skipped2, truncated };
}
function candidatesOf(listed, included, options, skipped2) {
  const isNamed = options.paths.length === 0 ? () => true : pathTest(options.paths);
  const isExcluded = options.exclude.length === 0 ? () => false : pathTest(options.exclude);
  const all = new Set(listed);
  const leftOut = leftOutBy((path) => all.has(path), options.paths);
  const candidates = [];
  for (const path of listed) {
    const named = formatsFor(path);
    const including = named.isCertain ? void 0 : included.get(path);
    const isIncluded = including !== void 0;
    const { formats, isCertain } = isIncluded ? { formats: [including], isCertain: true } : named;
    if (formats.length === 0 || !isNamed(path) || isExcluded(path) || !options.isInScope(path)) continue;
    const reason = leftOut(path);
    if (reason === void 0) candidates.push({ path, formats, isCertain, isIncluded });
    else if (isCertain || reason === HELM_TEMPLATE) skipped2.push({ file: path, reason });
  }
  return candidates;
}
function formatsFor(path) {
  const maybe = [];
  for (const format of FORMATS) {
    const answer = format.matches(path);
    if (answer === "yes") return { formats: [format], isCertain: true };
    if (answer === "maybe") maybe.push(format);
  }
  return { formats: maybe, isCertain: false };
}
function isSameKind(from, to) {
  const leftOut = leftOutBy(() => false, []);
  const [before, after] = [from, to].map(
    (path) => formatsFor(path).formats.map(({ id }) => id).join(" ")
  );
  return before === after && leftOut(from) === void 0;
}
function optionsOf(workspace, { imageKeys }) {
  const siblings = /* @__PURE__ */ new Map();
  return {
    imageKeys,
    sibling(path) {
      if (!siblings.has(path)) {
        const source = workspace.read(path);
        siblings.set(path, source.kind === "text" ? source.text : void 0);
      }
      return siblings.get(path);
    }
  };
}
function sitesIn({ path, formats, isIncluded }, { text }, formatOptions, { imageKeys, onBug }, skipped2) {
  for (const format of formats) {
    if (!format.mayContain(text) && !imageKeys.some((key) => text.includes(key.replace(/^--/, "")))) continue;
    try {
      const sites = format.find({ path, text }, { ...formatOptions, isIncluded });
      if (sites.length > 0) return sites;
    } catch (error) {
      const reason = error instanceof UserError ? error.message : "it cannot be read (a bug)";
      skipped2.push({ file: path, reason, unjudged: "file" });
      if (!(error instanceof UserError)) onBug(path, error);
      return [];
    }
  }
  return [];
}

// src/actions/check/check-files.ts
var BATCH2 = 16;
async function checkFiles(started) {
  const { inputs, network, run, git, event } = started;
  const listing = await list(started);
  const all = new Set(listing.files);
  const sources = { git, github: () => network.github(), isFile: (path) => all.has(path), isSameKind };
  const wanted = inputs.scope ?? (environment("GITHUB_EVENT_NAME") === "pull_request" ? "added" : "all");
  const changing = wanted === "all" ? Promise.resolve({ scope: EVERYTHING }) : findChange(event, sources);
  const options = judgeOptions(inputs);
  const [found, change2] = await Promise.all([
    scan(listing.files, createWorkspace(started.workspace), {
      ...inputs,
      today: options.today,
      isInScope: wanted === "changed-files" ? (await changing).scope.isChanged : () => true,
      onBug: (path, error) => {
        line(`${path} could not be read`);
        reportBug(error);
      }
    }),
    changing
  ]);
  const answers = await askAll(found.files, options, inputs, network);
  if (run.signal.reason instanceof Cancelled) throw run.signal.reason;
  const level = wanted === "added" ? change2.scope : EVERYTHING;
  const added = wanted === "all" ? await addedByPull(event, sources, found) : change2.scope;
  const scopes = added === void 0 || added === EVERYTHING ? { level } : { level, change: added };
  const report = await reportOf(found, listing, inputs, options, scopes, answers);
  return publish({ report, scan: found, inputs, event, network, notices: noticesOf2(change2, event) });
}
async function addedByPull(event, sources, { files }) {
  const matters = event.kind === "pull" && files.some(({ ignores }) => ignores.valid.length > 0);
  return matters ? (await findChange(event, sources)).scope : void 0;
}
async function list({ tracked, workspace }) {
  if (tracked !== void 0) return { files: tracked, truncated: false, skipped: [] };
  const walked = await createWorkspace(workspace).walk(mayHoldReferences);
  if (!walked.truncated) return walked;
  const reason = "the workspace holds more files than are read";
  return { ...walked, skipped: [...walked.skipped, { file: ".", reason, unjudged: "more" }] };
}
function mayHoldReferences(path) {
  return FORMATS.some(({ matches: matches4 }) => matches4(path) !== "no");
}
function judgeOptions(inputs) {
  const { require: require2, floatingTags, allow } = inputs;
  return { require: require2, floatingTags, allow, today: (/* @__PURE__ */ new Date()).toISOString().slice(0, 10) };
}
async function reportOf({ files, read, skipped: skipped2, truncated }, listing, inputs, options, scopes, answers) {
  const judged = [];
  for (const file of files) {
    if (judged.length % BATCH2 === 0) await setImmediate2();
    judged.push(judgeFile(file, options, scopes, answers));
  }
  const { kept: findings, omitted: beyond } = gravest(judged.flatMap((one) => one.findings).toSorted(bySeverity));
  const unverified = unverifiedOf(files.flatMap(({ subjects }) => subjects).map(answers));
  const skippedFiles = [...listing.skipped, ...skipped2];
  const unjudged = skippedFiles.filter(
    (one) => one.unjudged === "more" || one.unjudged === "file" && scopes.level.isChanged(one.file)
  );
  return {
    verdict: verdictOf(findings, [...unverified, ...unjudged], read, inputs),
    files: read,
    patterns: inputs.paths.length > 0 ? inputs.paths : FORMATS.flatMap((format) => format.files),
    references: judged.flatMap((one) => one.references),
    findings,
    omitted: sumOf([beyond, ...judged.map(({ omitted }) => omitted)]),
    ignored: judged.flatMap((one) => one.ignored),
    voidIgnores: judged.flatMap((one) => one.voidIgnores),
    skipped: [...skippedFiles, ...judged.flatMap((one) => one.skipped)],
    unverified,
    unjudged,
    allowed: judged.reduce((sum, one) => sum + one.allowed, 0),
    truncated: truncated || listing.truncated
  };
}
function sumOf(counts) {
  const sum = { error: 0, warning: 0, notice: 0 };
  for (const level of LEVELS) for (const one of counts) sum[level] += one[level];
  return sum;
}
function unverifiedOf(answers) {
  const distinct = /* @__PURE__ */ new Map();
  for (const answer of answers) {
    if (answer?.kind !== "unanswered") continue;
    const { registry, reason } = answer;
    distinct.set(`${registry} ${reason}`, { registry, reason });
  }
  return [...distinct.values()];
}
function noticesOf2({ notice }, event) {
  const name = environment("GITHUB_EVENT_NAME");
  if (name === "pull_request_target" && event.kind === "pull" && event.fromFork) {
    warnOnce(
      "This run is a pull_request_target of a fork: it holds secrets and a token that may write. Run the check on pull_request, which needs neither"
    );
  }
  return notice === void 0 ? [] : [notice];
}
export {
  checkFiles
};
