import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  codeOf
} from "./part-ports-transport-error.js";
import {
  UserError
} from "./part-core-json.js";

// src/ports/certificates.ts
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
function certificateFolders(platform, home, environment) {
  if (platform === "win32") {
    const data = environment["PROGRAMDATA"] ?? environment["ProgramData"];
    return data === void 0 ? [] : [join(data, "docker", "certs.d")];
  }
  const configuration = environment["XDG_CONFIG_HOME"] || join(home, ".config");
  return [
    "/etc/docker/certs.d",
    "/etc/containers/certs.d",
    join(configuration, "containers", "certs.d"),
    join(configuration, "docker", "certs.d")
  ];
}
function createCertificates(options) {
  const known = /* @__PURE__ */ new Map();
  let listed;
  let common;
  const look = async (host) => {
    listed ??= Promise.all(options.folders.map(namesIn));
    const names = folderNames(host);
    const folders = (await listed).flatMap(
      (present, index) => present.filter((name) => names.has(name)).map((name) => join(options.folders[index] ?? "", name))
    );
    if (folders.length === 0) return common ??= combine(options.extraCa, []);
    return combine(options.extraCa, await Promise.all(folders.map(readFolder)));
  };
  return (host) => {
    const kept = known.get(host) ?? look(host);
    known.set(host, kept);
    return kept;
  };
}
function folderNames(host) {
  const names = /:[0-9]+$/.test(host) ? [host] : [host, `${host}:443`];
  return /* @__PURE__ */ new Set([...names, ...names.map((name) => name.replaceAll(":", ""))]);
}
async function readFolder(folder) {
  const names = (await namesIn(folder)).toSorted();
  const pairs = names.filter((name) => name.endsWith(".cert"));
  for (const name of pairs) {
    if (names.includes(keyOf(name))) continue;
    throw new UserError(
      "bad-input",
      `${join(folder, name)} is a client certificate without its key ${keyOf(name)}`,
      `Add the key, or name the file *.crt if it is a certificate authority.`
    );
  }
  const read = (name) => readPem(join(folder, name));
  const [ca, cert, key] = await Promise.all([
    Promise.all(names.filter((name) => name.endsWith(".crt")).map(read)),
    Promise.all(pairs.map(read)),
    Promise.all(pairs.map((name) => read(keyOf(name))))
  ]);
  return { ca, cert, key };
}
function keyOf(certificate) {
  return `${certificate.slice(0, -".cert".length)}.key`;
}
async function readPem(path) {
  try {
    if (!(await stat(path)).isFile()) throw Object.assign(new Error(), { code: "not a regular file" });
    return await readFile(path, "utf8");
  } catch (error) {
    throw new UserError(
      "bad-input",
      `${path} cannot be read (${codeOf(error)})`,
      "Let the user of the runner read it, or remove it.",
      { cause: error }
    );
  }
}
async function combine(extraCa, found) {
  const extra = [...extraCa === void 0 ? [] : [extraCa], ...found.flatMap(({ ca }) => ca)];
  const cert = found.flatMap((one) => one.cert);
  const key = found.flatMap((one) => one.key);
  return {
    ...extra.length === 0 ? {} : { ca: [...await defaultAuthorities(), ...extra] },
    ...cert.length === 0 ? {} : { cert, key }
  };
}
async function defaultAuthorities() {
  const { getCACertificates } = await import("node:tls");
  return getCACertificates("default");
}
async function namesIn(folder) {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
var CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;
var MAX_CA_BYTES = 1024 * 1024;
async function readCaFile(path) {
  const text = await readPem(path);
  const blocks = text.length > MAX_CA_BYTES ? [] : text.match(CERTIFICATE) ?? [];
  if (blocks.length === 0) throw noCertificate(path, "holds no certificate");
  const { X509Certificate } = await import("node:crypto");
  for (const [index, block] of blocks.entries()) {
    try {
      void new X509Certificate(block);
    } catch (error) {
      throw noCertificate(path, `holds a certificate that cannot be read (number ${index + 1})`, { cause: error });
    }
  }
  return `${blocks.join("\n")}
`;
}
function noCertificate(path, why, options) {
  return new UserError(
    "bad-input",
    `the ca-file ${path} ${why}`,
    "Give a PEM file: text that has -----BEGIN CERTIFICATE----- in it. DER is turned into PEM by: openssl x509 -inform der",
    options
  );
}

export {
  certificateFolders,
  createCertificates,
  readCaFile
};
