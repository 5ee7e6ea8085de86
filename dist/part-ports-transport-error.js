import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  TransportError,
  UserError,
  isObject,
  property,
  textProperty
} from "./part-core-json.js";

// src/ports/transport-error.ts
function codeOf(error) {
  for (const inner of innerErrors(error)) {
    const code = textProperty(inner, "code");
    if (code !== void 0 && code !== "") return code;
  }
  return "";
}
function innerErrors(error, depth = 0) {
  if (!isObject(error) || depth > 4) return [];
  const parts = property(error, "errors");
  const below = [...Array.isArray(parts) ? parts : [], property(error, "cause")];
  const own = Array.isArray(parts) ? [] : [error];
  return [...own, ...below.flatMap((inner) => innerErrors(inner, depth + 1))];
}
function messageOf(error) {
  for (const inner of innerErrors(error)) {
    const message = textProperty(inner, "message");
    if (message !== void 0 && message !== "") return message;
  }
  return String(error);
}
var TLS_HINT = "Give the certificate authority of this host with the input ca-file, or set NODE_EXTRA_CA_CERTS to its PEM file in the job’s environment.";
var CLIENT_HINT = "The server may want a client certificate: put its pair as client.cert and client.key where docker has it, /etc/docker/certs.d/<host>/.";
var AGAIN_HINT = "This often passes: run the job again. Check that the runner can reach the host.";
var CERTIFICATE_CODES = /* @__PURE__ */ new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_CRL",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
  "HOSTNAME_MISMATCH"
]);
function isCertificateCode(code) {
  return code.startsWith("CERT_") || CERTIFICATE_CODES.has(code) || code === "ERR_TLS_CERT_ALTNAME_INVALID";
}
var NO_TLS_CODES = /* @__PURE__ */ new Set([
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_HTTP_REQUEST",
  "ERR_SSL_RECORD_LAYER_FAILURE",
  "ERR_SSL_UNKNOWN_PROTOCOL"
]);
function speaksNoTls(error, code) {
  return NO_TLS_CODES.has(code) || code === "EPROTO" && /wrong version number|packet length/i.test(messageOf(error));
}
var PASSING_CODES = /* @__PURE__ */ new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "ETIMEDOUT",
  "EAI_AGAIN",
  "UND_ERR_SOCKET",
  "UND_ERR_INFO"
]);
function connectError(error, host) {
  if (error instanceof UserError) return error;
  const code = codeOf(error);
  const options = { cause: error };
  if (code === "ENOTFOUND" || code === "EAI_NONAME") {
    return new TransportError(
      "network",
      `${host}: unknown host (typo?): the name look-up found no address`,
      "Check the spelling of the registry. A name of an internal network is only known to runners inside it.",
      false,
      options
    );
  }
  if (code === "EAI_AGAIN" || code === "EAI_FAIL") {
    return new TransportError(
      "network",
      `${host}: the name look-up failed for now (${code})`,
      AGAIN_HINT,
      true,
      options
    );
  }
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT") {
    const message = `${host}: no connection in time (${code})`;
    return new TransportError("timeout", message, AGAIN_HINT, true, { ...options, mayBePlainHttp: true });
  }
  if (speaksNoTls(error, code)) return noTls(host, options);
  if (isTlsCode(code)) {
    const message = `${host}: TLS failed, ${describeTls(code, messageOf(error))} (${code})`;
    return new TransportError("tls", message, wantsClient(code) ? CLIENT_HINT : TLS_HINT, false, options);
  }
  const why = code === "ECONNREFUSED" ? "nothing listens there" : messageOf(error);
  return new TransportError(
    "network",
    `${host}: connect failed, ${why}${code === "" ? "" : ` (${code})`}`,
    code === "ECONNRESET" ? `${AGAIN_HINT} If it speaks plain http, add ${host} to insecure-registries.` : AGAIN_HINT,
    PASSING_CODES.has(code),
    { ...options, mayBePlainHttp: code === "ECONNREFUSED" || code === "ECONNRESET" }
  );
}
function isTlsCode(code) {
  return isCertificateCode(code) || code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") || code.startsWith("ERR_OSSL_") || code === "EPROTO";
}
function wantsClient(code) {
  return /ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE|HANDSHAKE_FAILURE|UNKNOWN_CA)$/.test(code);
}
function describeTls(code, message) {
  if (code === "CERT_HAS_EXPIRED") return "its certificate has expired";
  if (code === "CERT_NOT_YET_VALID") return "its certificate is not valid yet";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH")
    return "its certificate is for another name";
  if (isCertificateCode(code)) return "its certificate is signed by an authority that is not trusted here";
  return message;
}
function noTls(host, options) {
  return new TransportError(
    "tls",
    `${host}: TLS failed, the server does not speak https at this port (it seems to speak plain http)`,
    `If it shall be spoken to over plain http, add ${host} to the input insecure-registries.`,
    false,
    { ...options, mayBePlainHttp: true }
  );
}
var WANTS_HTTPS = /(?:HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS port|plain HTTP to an SSL-enabled)/i;
function wantsHttps(url, status, body) {
  if (url.protocol !== "http:" || status !== 400 || body.length > 4096) return void 0;
  if (!WANTS_HTTPS.test(new TextDecoder().decode(body))) return void 0;
  return new TransportError(
    "tls",
    `${url.host}: it was asked over plain http, but speaks https`,
    `Remove ${url.host} from the input insecure-registries.`,
    false
  );
}
function exchangeError(error, progress) {
  if (error instanceof UserError) return error;
  const { host, what } = progress;
  const code = codeOf(error);
  const options = { cause: error };
  if (code === "UND_ERR_HEADERS_OVERFLOW" || code === "HPE_HEADER_OVERFLOW") {
    const hint2 = "The server is at fault, or a proxy between it and the runner.";
    return new TransportError("limit", `${host}: the header of the answer is larger than 64 KiB`, hint2, false, options);
  }
  if (code === "UND_ERR_INVALID_ARG") {
    return new TransportError(
      "cannot-tell",
      `${host}: the request cannot be written: ${messageOf(error)}`,
      AGAIN_HINT,
      false,
      options
    );
  }
  if (progress.started) return truncated(progress, void 0, options);
  if (code.startsWith("HPE_")) {
    const message2 = `${host}: the answer is not HTTP (${code})`;
    return new TransportError("network", message2, progress.plain ? wantsTlsHint(host) : AGAIN_HINT, true, options);
  }
  if (isTlsCode(code)) return connectError(error, host);
  const message = `${host}: the connection ended before the answer (${what}), ${messageOf(error)}${code === "" ? "" : ` (${code})`}`;
  const hint = progress.plain ? `${AGAIN_HINT} ${wantsTlsHint(host)}` : AGAIN_HINT;
  return new TransportError("network", message, hint, true, options);
}
function wantsTlsHint(host) {
  return `If the server speaks https at this port, remove ${host} from the input insecure-registries.`;
}
function truncated(progress, expected, options) {
  const of = expected === void 0 ? "" : ` of ${expected}`;
  const message = `${progress.host}: the answer (${progress.what}) is truncated after ${progress.received}${of} bytes`;
  return new TransportError("network", message, AGAIN_HINT, true, options);
}
function attemptTimeout(progress, milliseconds) {
  const state = !progress.sent ? "no connection" : progress.started ? `the answer (${progress.what}) did not end, ${progress.received} bytes came` : `no answer (${progress.what})`;
  return new TransportError("timeout", `${progress.host}: ${state} within ${milliseconds / 1e3} s`, AGAIN_HINT, true);
}
function tooLarge(host, what, maxBytes) {
  return new TransportError(
    "limit",
    `${host}: the ${what} is larger than ${maxBytes} bytes, the most that is read`,
    "No registry needs that much: the server is at fault.",
    false
  );
}

export {
  codeOf,
  connectError,
  wantsHttps,
  exchangeError,
  truncated,
  attemptTimeout,
  tooLarge
};
