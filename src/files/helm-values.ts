import { sitesOf } from './dockerfile.ts';
import { distinctReferences } from './found-reference.ts';
import { helmReferences } from './helm-images.ts';
import { kubernetes } from './kubernetes.ts';
import type { Format, FormatOptions, SourceFile } from './site.ts';
import { mapOf, valueOf } from './yaml-lookup.ts';
import { namedReferences } from './yaml-site.ts';
import { readYaml, type YamlNode } from './yaml.ts';

function find(file: SourceFile, options: FormatOptions): ReturnType<Format['find']> {
  const yaml = readYaml(file.text);
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  const certain = ['Chart.yaml', 'Chart.yml'].some((name) => options.sibling(folder + name) !== undefined);
  if (!certain && yaml.documents.some(isManifest)) return kubernetes.find(file, options);
  const found = yaml.documents.flatMap((document) => helmReferences(yaml, document, certain));
  return sitesOf('helm-values', file, distinctReferences([...found, ...namedReferences(yaml, options.imageKeys)]));
}

function isManifest(document: YamlNode): boolean {
  const map = mapOf(document);
  return map !== undefined && valueOf(map, 'apiVersion') !== undefined && valueOf(map, 'kind') !== undefined;
}

/** `ci/default-values.yaml` (what chart-testing installs a chart with) may as well be some other program's. */
function matches(path: string): 'yes' | 'maybe' | 'no' {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^values.*\.ya?ml$/i.test(name)) return 'yes';
  return /[._-]values\.ya?ml$/i.test(name) ? 'maybe' : 'no';
}

/** Values of Helm charts. */
export const helmValues: Format = {
  id: 'helm-values',
  title: 'Helm values',
  files: ['values*.yml', 'values*.yaml', '*-values.yml', '*-values.yaml', '*.values.yml', '*.values.yaml'],
  places: [
    '`{registry, repository, tag, digest}` at any depth, with `global.imageRegistry`',
    '`image: "name:tag"` at any depth; `image` beside `tag` or `imageTag`; `image: {name, tag}`; `version` for `tag` below `image`',
  ],
  matches,
  mayContain: (text) => /mage|repository/.test(text),
  find,
};
