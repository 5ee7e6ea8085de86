/*
 * Files that are left out by default (FILES.md): what others made, what is generated from elsewhere, and templates, whose
 * text is not what will be pulled.
 */

const FOREIGN_FOLDERS: ReadonlyMap<string, string> = new Map([
  ['vendor', 'it is vendored'],
  ['third_party', 'it is vendored'],
  ['node_modules', 'it is vendored'],
]);

const TEMPLATE_ENDINGS = ['.j2', '.jinja', '.jinja2', '.tpl', '.tmpl', '.gotmpl', '.template', '.erb', '.mustache'];

/** The reason for templates of a chart, which are YAML files by their name. */
export const HELM_TEMPLATE = 'it is a template of a Helm chart';

/** Why a path is left out, undefined when it is not. */
export type LeftOut = (path: string) => string | undefined;

/**
 * @param isFile whether the workspace has a file of this path
 * @param paths the user's patterns: one that names such a folder or ending asks for what is in it
 */
export function leftOutBy(isFile: (path: string) => boolean, paths: readonly string[]): LeftOut {
  const isWanted = (word: string): boolean => paths.some((pattern) => pattern.includes(word));
  return (path) => {
    const folders = path.split('/').slice(0, -1);
    const foreign = folders.find((folder) => FOREIGN_FOLDERS.has(folder) && !isWanted(folder));
    if (foreign !== undefined) return `${FOREIGN_FOLDERS.get(foreign)} (${foreign}/)`;
    const lower = path.toLowerCase();
    const ending = TEMPLATE_ENDINGS.find((one) => lower.endsWith(one));
    if (ending !== undefined && !isWanted(ending)) return `it is a template (*${ending})`;
    if (isHelmTemplate(folders, isFile) && !isWanted('templates')) return HELM_TEMPLATE;
    return undefined;
  };
}

/** `templates/` beside a Chart.yaml, at any depth above the file. */
function isHelmTemplate(folders: readonly string[], isFile: (path: string) => boolean): boolean {
  return folders.some(
    (folder, index) => folder === 'templates' && isFile([...folders.slice(0, index), 'Chart.yaml'].join('/')),
  );
}
