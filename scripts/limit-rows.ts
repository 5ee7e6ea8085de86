import { LIMITS } from '../src/core/limits.ts';

type Name = keyof typeof LIMITS;

/** How each limit is told to users; `undefined` for what nobody meets by itself. */
const TOLD: Readonly<Record<Name, ((value: number) => readonly [string, string]) | undefined>> = {
  connectTimeout: (value) => ['connecting to a host', seconds(value)],
  handshakeOfPlainHost: undefined,
  attemptTimeout: (value) => ['one attempt of a request', seconds(value)],
  requestTimeout: (value) => ['a request with all its attempts', seconds(value)],
  attempts: (value) => ['attempts of a request', `${value}`],
  backoffBase: (value) => ['wait before the second attempt, doubled before each further one, ± 50 %', seconds(value)],
  backoffMax: (value) => ['longest wait between attempts', seconds(value)],
  retryAfterTotal: (value) => ['waits that a registry asks for, in all; a longer one fails at once', seconds(value)],
  retryAfterFloor: undefined,
  manifestBytes: (value) => ['manifest or index', bytes(value)],
  configBytes: (value) => ['config of an image', bytes(value)],
  tokenBytes: (value) => ["a token server's answer", bytes(value)],
  errorBytes: (value) => ['body of an error that is read', bytes(value)],
  errorShownCharacters: (value) => ["a registry's error text that is shown", `${value} characters`],
  tagsPageBytes: (value) => ['one page of a list of tags', bytes(value)],
  tagsPages: (value) => ['pages of a list of tags', `${value}`],
  tags: (value) => ['tags of a repository', number(value)],
  redirects: (value) => ['redirects of a read (of a token request: none)', `${value}`],
  headerCharacters: (value) => ['one response header', bytes(value)],
  helperTimeout: (value) => ['a credential helper', seconds(value)],
  helperBytes: (value) => ["a credential helper's answer", bytes(value)],
  scopesPerToken: (value) => ['repositories in one token request', `${value}`],
  tokenLifetimeMin: undefined,
  tokenLifetimeMax: undefined,
  tokenRenewEarly: undefined,
  inFlightFirst: (value) => ['requests in flight for one registry at first', `${value}`],
  inFlightPerRegistry: (value) => ['requests in flight for one registry at most', `${value}`],
  inFlight: (value) => ['requests in flight in all', `${value}`],
  largeBodyBytes: undefined,
  largeBodies: (value) => ['manifests and large configs that are read at once', `${value}`],
  warningCharacters: undefined,
  keptManifestBytes: undefined,
  labels: (value) => ['labels of an image', `${value}`],
  indexDepth: (value) => ['indexes inside indexes', `${value} levels`],
  scannedFileBytes: (value) => ['a file that `check` reads', bytes(value)],
  scannedFiles: (value) => ['files that `check` reads', number(value)],
  depth: (value) => ['folders above a file that is read', `${value}`],
  yamlDepth: (value) => ['levels of YAML', `${value}`],
  fileTime: (value) => ['processor time for a large file', seconds(value)],
  references: (value) => ['references of a file that are judged', number(value)],
  listedReferences: (value) => ['references in a report', number(value)],
  questions: (value) => ['references that `check` asks registries about', number(value)],
  summaryBytes: (value) => ['job summary', bytes(value)],
  annotationsOfAKind: (value) => ['annotations of a kind', `${value}`],
  commentCharacters: (value) => ['comment on a pull request', `${number(value)} characters`],
  fixedLineCharacters: (value) => ['lines that are shown with a fix', bytes(value)],
  fixedCharacters: undefined,
  findings: (value) => ['findings that are told one by one, the gravest', number(value)],
  sarifResults: (value) => ['results of a SARIF report, the gravest', number(value)],
  sarifBytes: (value) => ['SARIF report after gzip', `${value / 1_000_000} MB`],
};

/** The limits as rows of a table, in the order of src/core/limits.ts. */
export function limitRows(): readonly (readonly string[])[] {
  return Object.entries(TOLD).flatMap(([name, tell]) => {
    if (!isName(name)) throw new Error(`src/core/limits.ts has no ${name}`);
    return tell === undefined ? [] : [tell(LIMITS[name])];
  });
}

function isName(name: string): name is Name {
  return Object.hasOwn(LIMITS, name);
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}

function bytes(size: number): string {
  return size >= 1024 * 1024 ? `${size / 1024 / 1024} MiB` : `${size / 1024} KiB`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
