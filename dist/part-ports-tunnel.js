import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  bareHostname,
  portOf
} from "./part-undici.js";
import "./part-stubs-undici.js";
import {
  connectError
} from "./part-ports-transport-error.js";
import {
  TransportError
} from "./part-core-json.js";
import "./part-shared.js";

// src/ports/tunnel.ts
var { request: httpRequest } = process.getBuiltinModule("node:http");
var { request: httpsRequest } = process.getBuiltinModule("node:https");
var LATE = "no answer in time";
function openTunnel(origin, proxy, options) {
  return new Promise((resolve, reject) => {
    const connect = startConnect(origin, proxy, options);
    const timer = setTimeout(() => connect.destroy(new Error(LATE)), options.timeout);
    connect.once("connect", (response, socket, head) => {
      clearTimeout(timer);
      const { statusCode = 0 } = response;
      if (statusCode >= 200 && statusCode < 300 && head.length === 0 && isSocket(socket)) {
        socket.on("error", () => void 0);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(statusCode === 407 ? proxyWantsLogin(proxy) : connectRefused(origin, proxy, statusCode));
    });
    connect.once("error", (error) => {
      clearTimeout(timer);
      reject(proxyUnreachable(origin, proxy, error));
    });
    connect.end();
  });
}
function startConnect(origin, proxy, options) {
  const target = `${origin.hostname}:${portOf(origin)}`;
  const { ca, cert, key } = options.tls;
  const settings = {
    method: "CONNECT",
    host: bareHostname(proxy.url),
    port: portOf(proxy.url),
    path: target,
    agent: false,
    signal: options.signal,
    headers: {
      host: target,
      "user-agent": options.userAgent,
      ...proxy.authorization === void 0 ? {} : { "proxy-authorization": proxy.authorization }
    }
  };
  if (proxy.url.protocol === "http:") return httpRequest(settings);
  const secured = {
    ...settings,
    ALPNProtocols: ["http/1.1"],
    ...ca === void 0 ? {} : { ca: [...ca] },
    ...cert === void 0 ? {} : { cert: [...cert] },
    ...key === void 0 ? {} : { key: [...key] }
  };
  return httpsRequest(secured);
}
function isSocket(stream) {
  return "setNoDelay" in stream;
}
var HINT = "The proxy comes from HTTPS_PROXY or HTTP_PROXY; hosts that need none belong into NO_PROXY.";
function proxyWantsLogin(proxy) {
  const login = proxy.authorization === void 0 ? "no login is given" : "it refuses the login that is given";
  return new TransportError(
    "proxy",
    `the proxy ${proxy.url.host} wants a login (407): ${login}`,
    "Write the login into the variable: HTTPS_PROXY=http://user:password@host:port, percent-encoded, from a secret.",
    false
  );
}
function connectRefused(origin, proxy, status) {
  const retryable = status >= 500;
  const message = `the proxy ${proxy.url.host} refuses a connection to ${origin.host} (${status})`;
  return new TransportError("proxy", message, HINT, retryable);
}
function proxyUnreachable(origin, proxy, error) {
  const cause = connectError(error, proxy.url.host);
  const late = error.message === LATE;
  return new TransportError(
    "proxy",
    `the proxy for ${origin.host} cannot be used: ${late ? `${proxy.url.host}: ${LATE}` : cause.message}`,
    HINT,
    late || cause instanceof TransportError && cause.retryable,
    { cause: error }
  );
}
export {
  openTunnel,
  proxyWantsLogin
};
