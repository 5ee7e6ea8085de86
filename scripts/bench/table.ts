/* What the benchmark says: tables and targets, for the terminal and for docs/performance.md. */
import type { Measured } from './measure.ts';

/** A target of the design, and whether it was reached. */
export interface Target {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  /** Undefined when it could not be measured. */
  readonly holds: boolean | undefined;
}

/** One part of the benchmark. */
export interface Section {
  readonly name: string;
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly targets: readonly Target[];
  readonly notes: readonly string[];
}

/** `123 ms`, from ten seconds on `12.3 s`. */
export function time(milliseconds: number | undefined): string {
  if (milliseconds === undefined || Number.isNaN(milliseconds)) return '–';
  return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

export function memory(measured: Measured | undefined): string {
  return measured?.megabytes === undefined ? '–' : `${Math.round(measured.megabytes)} MB`;
}

/** `0.42 ×` */
export function ratio(ours: number, theirs: number): string {
  const value = ours / theirs;
  if (Number.isNaN(value)) return '–';
  return `${value < 0.095 ? value.toFixed(3) : value.toFixed(2)} ×`;
}

/** Time of another tool, and ours as a multiple of it. */
export function against(ours: Measured | undefined, theirs: Measured | undefined): string {
  if (ours === undefined || theirs === undefined) return '–';
  return `${time(theirs.milliseconds)} (${ratio(ours.milliseconds, theirs.milliseconds)})`;
}

/** A target that is a largest value. */
export function atMost(what: string, limit: number, unit: 'ms' | 'MB' | '×', measured: number | undefined): Target {
  const show = (value: number): string => (unit === '×' ? `${value.toFixed(2)} ×` : `${Math.round(value)} ${unit}`);
  return {
    what,
    limit: `≤ ${unit === '×' ? `${limit} ×` : show(limit)}`,
    measured: measured === undefined || Number.isNaN(measured) ? 'not measured' : show(measured),
    holds: measured === undefined || Number.isNaN(measured) ? undefined : measured <= limit,
  };
}

/** The section as Markdown, without its title. */
export function markdownOf({ head, rows, targets, notes }: Section): string {
  const judged = targets.map(({ what, limit, measured, holds }) => [what, limit, measured, verdict(holds)]);
  const parts = [
    table(head, rows),
    ...(judged.length === 0 ? [] : [table(['target', 'limit', 'measured', 'holds'], judged)]),
    notes.join(' '),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function verdict(holds: boolean | undefined): string {
  if (holds === undefined) return '–';
  return holds ? 'yes' : '**no**';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(3, cell.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
