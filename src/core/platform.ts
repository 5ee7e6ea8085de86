import { UserError } from './errors.ts';
import { quoted } from './printable.ts';

/** A platform after normalisation (containerd/platforms, database.go): lower case, one spelling for each. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** Absent where it is the architecture's default: amd64 v1, arm64 v8. `arm` always has one. */
  readonly variant?: string;
  /** Build of Windows, such as `10.0.20348.2113`. */
  readonly osVersion?: string;
}

/** Other names of architectures, and the variant that a name stands for whatever else is said. */
const ARCHITECTURES: ReadonlyMap<string, { architecture: string; variant?: string }> = new Map([
  ['i386', { architecture: '386', variant: '' }],
  ['x86_64', { architecture: 'amd64' }],
  ['x86-64', { architecture: 'amd64' }],
  ['aarch64', { architecture: 'arm64' }],
  ['armhf', { architecture: 'arm', variant: 'v7' }],
  ['armel', { architecture: 'arm', variant: 'v6' }],
]);

/** Variants that are an architecture's default and therefore left out. */
const DEFAULT_VARIANTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['amd64', new Set(['v1'])],
  ['arm64', new Set(['v8', '8', 'v8.0'])],
]);

/** The platform with containerd's normalisation of each part. */
export function normalisePlatform(parts: Platform): Platform {
  const os = parts.os.toLowerCase();
  const known = ARCHITECTURES.get(parts.architecture.toLowerCase());
  const architecture = known?.architecture ?? parts.architecture.toLowerCase();
  const variant = variantOf(architecture, known?.variant ?? parts.variant?.toLowerCase() ?? '');
  return {
    os: os === 'macos' ? 'darwin' : os,
    architecture,
    ...(variant === '' ? {} : { variant }),
    ...(parts.osVersion === undefined || parts.osVersion === '' ? {} : { osVersion: parts.osVersion }),
  };
}

function variantOf(architecture: string, variant: string): string {
  if (DEFAULT_VARIANTS.get(architecture)?.has(variant) === true) return '';
  if (architecture !== 'arm') return variant;
  if (variant === '') return 'v7';
  return /^[5-8]$/.test(variant) ? `v${variant}` : variant;
}

const PART = /^[A-Za-z0-9_.-]{1,64}$/;

/** Whether `text` can be an operating system, an architecture or a variant: so short and plain that it prints as itself. */
export function isPlatformPart(text: string): boolean {
  return PART.test(text);
}

/** The platform that `text` (`os/arch[/variant]`) names. @throws UserError `bad-input`. */
export function parsePlatform(text: string): Platform {
  const platform = readPlatform(text);
  if (platform !== undefined) return platform;
  throw new UserError('bad-input', `${quoted(text)} is not a platform (os/arch[/variant])`, correctionOf(text));
}

/** The same; undefined when `text` names none. */
export function readPlatform(text: string): Platform | undefined {
  const [os = '', architecture = '', variant, ...rest] = text.split('/');
  const parts = [os, architecture, ...(variant === undefined ? [] : [variant])];
  if (rest.length > 0 || !parts.every(isPlatformPart)) return undefined;
  return normalisePlatform({ os, architecture, ...(variant === undefined ? {} : { variant }) });
}

function correctionOf(text: string): string {
  const joined = text
    .trim()
    .split(/[/\s:]+/)
    .filter((part) => part !== '')
    .join('/');
  const guess = joined.includes('/') ? joined : `linux/${joined}`;
  const parts = guess.split('/');
  if (parts.length > 3 || !parts.every(isPlatformPart)) return 'Write it as linux/amd64 or linux/arm/v7';
  return `Write ${guess}`;
}

/** `linux/arm/v7`; the Windows build is left out. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}

/** Strict comparison of normalised platforms (containerd OnlyStrict): no fall-back to an older variant. */
export function samePlatform(one: Platform, other: Platform): boolean {
  return formatPlatform(one) === formatPlatform(other);
}
