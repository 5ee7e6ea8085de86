import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);


// src/core/limits.ts
var LIMITS = {
  connectTimeout: 1e4,
  /** Handshake with a host that may speak plain http: some such servers wait for ever instead of refusing TLS. */
  handshakeOfPlainHost: 3e3,
  attemptTimeout: 3e4,
  requestTimeout: 9e4,
  /** Attempts of one request, the first included. */
  attempts: 4,
  /** First back-off; doubles with each attempt, ± 50 % jitter, at most `backoffMax`. */
  backoffBase: 500,
  backoffMax: 1e4,
  /** Sum of the waits that a registry may ask for with Retry-After; a longer one fails at once. */
  retryAfterTotal: 6e4,
  /** Least wait after a 429 with Retry-After 0 or below a second's part (REGISTRIES.md Q122). */
  retryAfterFloor: 250,
  manifestBytes: 4 * 1024 * 1024,
  configBytes: 8 * 1024 * 1024,
  tokenBytes: 1024 * 1024,
  errorBytes: 64 * 1024,
  errorShownCharacters: 300,
  tagsPageBytes: 8 * 1024 * 1024,
  tagsPages: 100,
  tags: 1e5,
  redirects: 5,
  /** Length of one response header that is parsed. */
  headerCharacters: 16 * 1024,
  helperTimeout: 1e4,
  helperBytes: 64 * 1024,
  /** Scopes in one token request (REGISTRIES.md Q67: the token grows until the registry refuses it). */
  scopesPerToken: 10,
  /** Token lifetime: at least, at most, and how long before its end it is renewed. */
  tokenLifetimeMin: 6e4,
  tokenLifetimeMax: 36e5,
  tokenRenewEarly: 5e3,
  /** Requests in flight: at first per registry, most per registry, most in all. */
  inFlightFirst: 8,
  inFlightPerRegistry: 64,
  inFlight: 128,
  /**
   * Bodies that may have a megabyte or more and are read at once: each is held as it arrives, whole, and as text, so
   * three of 8 MiB (and what is not collected yet) stay below the 250 MB that a step may take.
   */
  largeBodyBytes: 1024 * 1024,
  largeBodies: 3,
  /** A registry's warning header (distribution-spec). */
  warningCharacters: 4096,
  /** A manifest of this size is kept for the rest of the run. */
  keptManifestBytes: 64 * 1024,
  /** Labels of a config, annotations of a manifest. */
  labels: 1e4,
  indexDepth: 3,
  scannedFileBytes: 2 * 1024 * 1024,
  scannedFiles: 5e4,
  depth: 64,
  yamlDepth: 100,
  /** Time for one large file's parsing. */
  fileTime: 5e3,
  /** References of one file that are judged. */
  references: 1e5,
  /** References of all files that a report lists; the others are counted. */
  listedReferences: 2e4,
  /** References about which registries are asked in one run of `check`. */
  questions: 1e4,
  summaryBytes: 900 * 1024,
  annotationsOfAKind: 10,
  commentCharacters: 6e4,
  sarifResults: 5e3,
  /** Of the whole report after gzip. */
  sarifBytes: 1e7,
  /** A line that is shown with a fix in it, and all of them in a report: each finding carries its complete lines. */
  fixedLineCharacters: 64 * 1024,
  fixedCharacters: 8 * 1024 * 1024,
  /** Findings that are kept, gravest first; the others are counted. */
  findings: 5e3
};

export {
  LIMITS
};
