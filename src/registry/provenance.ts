import { quoted } from '../core/printable.ts';
import type { Reference } from '../core/reference.ts';
import type { Inspection } from '../core/resolution.ts';
import { isPlainStatement, speaksOf, statementKey, type StatementName } from '../core/statement.ts';
import { readBaseImage, type BaseImage } from './base-image.ts';
import type { RegistryClient } from './client.ts';
import type { Trace } from './trace.ts';

/** What an image says of itself. */
export interface Statements {
  /** Of the index, its descriptor and the manifest; the first that has a name wins. */
  readonly annotations: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
  /** Of the config. */
  readonly created: string | undefined;
  /** The platform that annotations and labels are of: `linux/amd64`. */
  readonly platform: string;
  /** Whether the version is known from tags, which are better evidence. */
  readonly versionIsKnown: boolean;
}

export type Provenance = Pick<
  Inspection,
  'version' | 'versionSource' | 'versionMissing' | 'revision' | 'source' | 'created' | 'remarks'
>;

/** A statement and where it stands. */
interface Statement {
  readonly name: StatementName;
  readonly value: string;
  readonly from: 'annotation' | 'label';
}

/** What is done with a statement, with the reason for people. */
type Verdict = { readonly use: true; readonly doubt?: string } | { readonly use: false; readonly why: string };

const NAMES = ['version', 'revision', 'source', 'created'] as const satisfies readonly StatementName[];

/**
 * Version, revision, source and creation time of an image (DESIGN.md §5, third evidence): from annotations, then from
 * labels. Builders hand labels of the base image down, so a value that the recorded base carries too is not used, and a
 * version is used only when it can be told whose it is.
 */
export async function findProvenance(
  client: RegistryClient,
  reference: Reference,
  statements: Statements,
  trace: Trace,
): Promise<Provenance> {
  const found = NAMES.map((name) => stated(name, statements)).filter((statement) => statement !== undefined);
  const wanted = found.filter(({ name }) => name !== 'version' || !statements.versionIsKnown);
  const plain = wanted.filter(({ name, value }) => isPlainStatement(name, value));
  const odd = wanted.filter(({ name, value }) => !isPlainStatement(name, value));
  const base = plain.some(mayBeInherited)
    ? await recordedBase(client, reference, statements, trace)
    : ('not needed' as const);
  const used = new Map<StatementName, string>();
  const remarks: string[] = [];
  let versionSource: string | undefined;
  let versionMissing: string | undefined;
  const drop = (name: StatementName, why: string): void => {
    if (name === 'version') versionMissing = why;
    else remarks.push(`${name} is not used: ${why}`);
  };
  for (const { name, value, from } of odd) {
    drop(name, `the ${from} says ${quoted(value, 60)}, which is no plain value`);
  }
  for (const statement of plain) {
    const { name, value, from } = statement;
    const verdict = mayBeInherited(statement) ? judge(statement, base, reference, statements) : { use: true as const };
    if (!verdict.use) drop(name, verdict.why);
    else {
      used.set(name, value);
      if (name === 'version') versionSource = from;
      if (verdict.doubt !== undefined) remarks.push(`${name}: ${verdict.doubt}`);
    }
  }
  const built = statements.created;
  return {
    version: used.get('version'),
    versionSource,
    versionMissing: versionMissing ?? (found.some(({ name }) => name === 'version') ? undefined : NOT_STATED),
    revision: used.get('revision'),
    source: used.get('source'),
    created: used.get('created') ?? (built !== undefined && isPlainStatement('created', built) ? built : undefined),
    remarks,
  };
}

const NOT_STATED = 'the image states none';

function stated(name: StatementName, { annotations, labels }: Statements): Statement | undefined {
  const key = statementKey(name);
  const annotation = annotations.get(key);
  if (annotation !== undefined && annotation !== '') return { name, value: annotation, from: 'annotation' };
  const label = labels.get(key);
  return label === undefined || label === '' ? undefined : { name, value: label, from: 'label' };
}

/** Annotations are written for one manifest; only as evidence of a version are they compared as well. */
function mayBeInherited({ name, from }: Statement): boolean {
  return from === 'label' || name === 'version';
}

async function recordedBase(
  client: RegistryClient,
  reference: Reference,
  { annotations, labels, platform }: Statements,
  trace: Trace,
): Promise<BaseImage | 'not recorded'> {
  const layer = [annotations, labels].find((statements) => statements.has(statementKey('base.name')));
  const name = layer?.get(statementKey('base.name')) ?? '';
  if (layer === undefined || name === '') return 'not recorded';
  const digest = layer.get(statementKey('base.digest'));
  return readBaseImage(client, client.locate(reference), name, digest, platform, trace);
}

function judge(
  { name, value, from }: Statement,
  base: BaseImage | 'not recorded' | 'not needed',
  reference: Reference,
  { labels }: Statements,
): Verdict {
  if (base === 'not needed') return { use: true };
  if (base === 'not recorded') {
    const [title, source] = [labels.get(statementKey('title')), labels.get(statementKey('source'))];
    if (from === 'annotation' || speaksOf(reference.repository, title, source)) return { use: true };
    const doubt = 'no base image is recorded, and neither title nor source is of this repository';
    if (name !== 'version') return { use: true, doubt: `the label may be the base's, as ${doubt}` };
    return { use: false, why: `the label says ${value}, which may be the base's: ${doubt}` };
  }
  if (base.kind === 'unknown') {
    const doubt = `the recorded base ${base.name} cannot be compared: ${base.why}`;
    if (name !== 'version') return { use: true, doubt: `the label may be the base's, as ${doubt}` };
    return { use: false, why: `the ${from} says ${value}, but ${doubt}` };
  }
  const carries = base.statements.some((statements) => statements.get(statementKey(name)) === value);
  return carries
    ? { use: false, why: `the ${from} says ${value}, which is that of its base ${base.name}` }
    : { use: true };
}
