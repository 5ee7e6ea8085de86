import { UserError } from './errors.ts';
import { quoted } from './printable.ts';
import { isPrerelease, parseSemver, type Semver } from './semver.ts';
import { nameIn, shortSha, templateValues, type TagContext } from './tag-context.ts';
import { parseTag, sanitiseTag } from './tag-name.ts';
import type { TagRule } from './tag-rule.ts';
import { expandTemplate, isRawTemplate, type TemplateValues } from './tag-template.ts';

/** A tag, or why a rule gives none in this run. */
export type MadeTag =
  | { readonly kind: 'tag'; readonly tag: string }
  /** `isWarning` when the user probably expected a tag. */
  | { readonly kind: 'none'; readonly reason: string; readonly isWarning: boolean };

/** The tag that a rule makes in this run, with docker/metadata-action's meaning. @throws UserError `bad-input` */
export function makeTag(rule: TagRule, context: TagContext): MadeTag {
  const values = templateValues(context);
  if (!isEnabled(rule, values)) return none('enable is false');
  const made = bodyOf(rule, context, values);
  if (typeof made !== 'string') return made;
  const whole = expandTemplate(rule.prefix, values) + made + expandTemplate(rule.suffix, values);
  if (whole === '') return none('its value is empty');
  return { kind: 'tag', tag: parseTag(sanitiseTag(whole)) };
}

function none(reason: string, isWarning = false): MadeTag {
  return { kind: 'none', reason, isWarning };
}

function isEnabled({ enable, written }: TagRule, values: TemplateValues): boolean {
  const text = expandTemplate(enable, values);
  if (text === 'true' || text === 'false') return text === 'true';
  const hint = 'Write enable=true or enable=false; an expression that gave nothing is empty';
  throw new UserError('bad-input', `${quoted(written)}: enable is ${quoted(text)}`, hint);
}

function bodyOf({ body, written }: TagRule, context: TagContext, values: TemplateValues): string | MadeTag {
  if (body.type === 'raw') return expandTemplate(body.value, values);
  if (body.type === 'ref') return refOf(body.event, context);
  if (body.type === 'sha') {
    if (context.sha === '') return none('the run has no commit');
    return body.format === 'long' ? context.sha : shortSha(context);
  }
  const value = body.value === '' ? nameIn(context, 'refs/tags/') : expandTemplate(body.value, values);
  if (value === undefined) return none(`the run is not for a tag (${context.ref})`);
  const text = matched(written, body.match, value).replaceAll('/', '-');
  const version = parseSemver(text);
  if (version === undefined) return none(`${quoted(text)} is not a version by SemVer`, true);
  return versionOf(body.pattern, text, version);
}

function refOf(event: 'branch' | 'tag' | 'pr', context: TagContext): string | MadeTag {
  const prefix = { branch: 'refs/heads/', tag: 'refs/tags/', pr: 'refs/pull/' } as const;
  const name = nameIn(context, prefix[event]);
  if (name === undefined) {
    const what = { branch: 'a branch', tag: 'a tag', pr: 'a pull request' } as const;
    return none(`the run is not for ${what[event]} (${context.ref})`);
  }
  return event === 'pr' ? name.replace(/\/merge$/, '') : name;
}

/** The first group of `match` in the value; the value itself when it does not match. */
function matched(written: string, match: string, value: string): string {
  if (match === '') return value;
  try {
    return new RegExp(match).exec(value)?.[1] ?? value;
  } catch {
    const hint = 'Write a regular expression with a group: "match=v(.*)$"';
    throw new UserError('bad-input', `${quoted(written)}: match is no regular expression`, hint);
  }
}

/** A pre-release is always its full version, so that it takes no `1` or `1.4`; only `{{raw}}` keeps it as written. */
function versionOf(pattern: string, raw: string, version: Semver): string {
  const template = isPrerelease(version) && !isRawTemplate(pattern) ? '{{version}}' : pattern;
  const { major, minor, patch } = version;
  return expandTemplate(template, { version: formatVersion(version), major, minor, patch, raw });
}

/** Without `v` and without build metadata. */
function formatVersion({ major, minor, patch, prerelease }: Semver): string {
  const core = `${major}.${minor}.${patch}`;
  return prerelease.length === 0 ? core : `${core}-${prerelease.join('.')}`;
}
