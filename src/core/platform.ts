import { UserError } from './errors.ts';

/** A platform after normalisation (containerd/platforms, database.go): lower case, one spelling for each. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** Absent where it is the architecture's default: amd64 v1, arm64 v8. `arm` always has one. */
  readonly variant?: string;
  /** Build of Windows, such as `10.0.20348.2113`. */
  readonly osVersion?: string;
}

const ARCHITECTURES: ReadonlyMap<string, { architecture: string; variant?: string }> = new Map([
  ['i386', { architecture: '386' }],
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
  ['386', new Set()],
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

const PART = /^[A-Za-z0-9_.-]+$/;

/** The platform that `text` (`os/arch[/variant]`) names. @throws UserError `bad-input`. */
export function parsePlatform(text: string): Platform {
  const [os = '', architecture = '', variant, ...rest] = text.split('/');
  const parts = [os, architecture, ...(variant === undefined ? [] : [variant])];
  if (rest.length > 0 || !parts.every((part) => PART.test(part))) {
    const guess = PART.test(text) ? `Write linux/${text}` : 'Write it as linux/amd64 or linux/arm/v7';
    throw new UserError('bad-input', `"${text}" is not a platform (os/arch[/variant])`, guess);
  }
  return normalisePlatform({ os, architecture, ...(variant === undefined ? {} : { variant }) });
}

/** `linux/arm/v7`; the Windows build is left out. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}

/** Strict comparison of normalised platforms (containerd OnlyStrict): no fall-back to an older variant. */
export function samePlatform(one: Platform, other: Platform): boolean {
  return formatPlatform(one) === formatPlatform(other);
}
