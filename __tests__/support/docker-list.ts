/* How docker's actions read their lists: csv-parse with the options of docker/actions-toolkit's Util.getList. */
import { parse } from 'csv-parse/sync';

/** `metadata-action` with its comments as they were before csv-parse could confine them to the beginning of a line. */
export type DockerAction = 'build-push-action' | 'metadata-action';

/** The entries of an input whose values may hold commas. */
export function dockerList(input: string, action: DockerAction): readonly string[] {
  // core.getInput
  const text = input.trim();
  if (text === '') return [];
  const records: readonly (readonly string[])[] = parse(text, {
    columns: false,
    relaxQuotes: true,
    relaxColumnCount: true,
    skipEmptyLines: true,
    ...(action === 'metadata-action' ? { comment: '#' } : {}),
  });
  return records
    .map((record) => record.join(','))
    .filter((item) => item !== '')
    .map((item) => item.trim());
}
