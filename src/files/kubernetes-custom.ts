import { splitIdentifiers } from './edit.ts';
import { withoutRewrite, type FoundReference } from './found-reference.ts';
import { helmReferences } from './helm-images.ts';
import { sliceText } from './mapped-text.ts';
import { keyedReference } from './yaml-keys.ts';
import { itemsOf, mapOf, mapScalar, mapsIn, resolveAlias, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { literalReference, misreadTraits, readScalar, referenceText, wholeReference } from './yaml-site.ts';
import { readYaml, spend, type YamlFile, type YamlMap, type YamlNode } from './yaml.ts';

/*
 * Custom resources that people keep beside their workloads and that name images in ways of their own:
 * - Argo Workflows (argo-workflows pkg/apis/workflow/v1alpha1, Template): one `container` or `script`, and `sidecars`
 * - Tekton (tektoncd/pipeline pkg/apis/pipeline/v1, TaskSpec): `steps`, `sidecars`, `stepTemplate`; an image may be a
 *   parameter, whose default counts
 * - values of a Helm chart: Flux (HelmRelease `spec.values`), Argo CD (`helm` of a source: `valuesObject`, or `values`
 *   as text), k3s (HelmChart `spec.valuesContent`, as text)
 * - Kustomize's `images`: Argo CD (`kustomize.images` of a source, texts `name=newName:tag`), Flux (Kustomization
 *   `spec.images`, maps as in a kustomization)
 */

type ReadContainer = (file: YamlFile, container: YamlMap | undefined) => readonly FoundReference[];

interface Shape {
  /** Keys that hold a container, or a list of containers. */
  readonly containers: readonly string[];
  readonly chart?: Chart;
  /** Key of the map whose `images` are those of Kustomize. */
  readonly kustomize?: string;
}

/** Where values of a chart stand. */
interface Chart {
  /** Key of a map, and keys in that map: of values, and of values that are YAML in a text. */
  readonly within: string;
  readonly values?: string;
  readonly text?: string;
}

/** By the group of the `apiVersion`. */
const SHAPES: Readonly<Record<string, Shape>> = {
  'argoproj.io': {
    containers: ['container', 'script', 'sidecars'],
    chart: { within: 'helm', values: 'valuesObject', text: 'values' },
    kustomize: 'kustomize',
  },
  // A StepAction is a step itself.
  'tekton.dev': { containers: ['steps', 'sidecars', 'stepTemplate', 'spec'] },
  'helm.toolkit.fluxcd.io': { containers: [], chart: { within: 'spec', values: 'values' } },
  'kustomize.toolkit.fluxcd.io': { containers: [], kustomize: 'spec' },
  'helm.cattle.io': { containers: [], chart: { within: 'spec', text: 'valuesContent' } },
};

/** The images of a custom resource that stand elsewhere than in the lists of a Pod. */
export function customReferences(file: YamlFile, root: YamlMap, read: ReadContainer): readonly FoundReference[] {
  const group = textOf(valueOf(root, 'apiVersion'))?.split('/')[0] ?? '';
  const { containers, chart, kustomize } = (Object.hasOwn(SHAPES, group) ? SHAPES[group] : undefined) ?? {
    containers: [],
  };
  const defaults = group === 'tekton.dev' ? defaultsOf(root) : new Map<string, YamlNode>();
  const found: FoundReference[] = [];
  const seen = { containers: newOnce(), images: newOnce(), values: newOnce() };
  for (const map of mapsIn(root)) {
    for (const value of containers.map((key) => seen.containers(valueOf(map, key)))) {
      for (const container of [value, ...itemsOf(value)].map(mapOf)) {
        const parameter = PARAMETER.exec(textOf(container && valueOf(container, 'image')) ?? '')?.[1] ?? '';
        const standard = defaults.get(parameter);
        found.push(...(standard === undefined ? read(file, container) : wholeReference(file, standard)));
      }
    }
    const images = kustomize === undefined ? undefined : mapOf(valueOf(map, kustomize));
    for (const item of images === undefined ? [] : itemsOf(seen.images(valueOf(images, 'images')))) {
      found.push(...changedImage(file, item));
    }
    const within = chart === undefined ? undefined : mapOf(valueOf(map, chart.within));
    if (chart === undefined || within === undefined) continue;
    found.push(...valuesReferences(file, within, chart, seen.values));
  }
  return found;
}

type Once = (node: YamlNode | undefined) => ReturnType<typeof resolveAlias>;

/** Aliases may name one list of containers, or the values of one chart, thousands of times: each is looked at once. */
function newOnce(): Once {
  const seen = new Set<YamlNode>();
  return (node) => {
    const target = resolveAlias(node);
    if (target === undefined || seen.has(target)) return undefined;
    seen.add(target);
    return target;
  };
}

/** `$(params.name)`, in old tasks `$(inputs.params.name)`. */
const PARAMETER = /^\$\((?:inputs\.)?params\.([\w.-]+)\)$/;

/** The defaults of the parameters that the resource declares, by name. */
function defaultsOf(root: YamlMap): ReadonlyMap<string, YamlNode> {
  const defaults = new Map<string, YamlNode>();
  for (const map of mapsIn(root)) {
    const name = textOf(valueOf(map, 'name'));
    const value = scalarOf(valueOf(map, 'default'));
    if (name !== undefined && value !== undefined && value.text.trim() !== '') defaults.set(name, value);
  }
  return defaults;
}

/** What the chart has beside these values is not known: a name alone may get its tag there. */
function valuesReferences(file: YamlFile, within: YamlMap, chart: Chart, once: Once): readonly FoundReference[] {
  const values = chart.values === undefined ? undefined : mapOf(once(valueOf(within, chart.values)));
  const found = values === undefined ? [] : helmReferences(file, values, false);
  const text = chart.text === undefined ? undefined : scalarOf(once(valueOf(within, chart.text)));
  if (text === undefined || !/mage|repository/.test(text.text)) return found;
  spend(file, Math.ceil(text.text.length / 2));
  const inner = readYaml(mapScalar(file, text));
  const inText = inner.documents.flatMap((document) => helmReferences(inner, document, false));
  if (text.style === 'literal') return [...found, ...inText];
  return [...found, ...inText.map((one) => withoutRewrite(one, 'it stands in a text with quotes or folded lines'))];
}

/** What an entry of `images` puts in the place of an image; one that only gives it another name keeps the tag. */
function changedImage(file: YamlFile, item: YamlNode): readonly FoundReference[] {
  spend(file);
  const map = mapOf(item);
  if (map === undefined) {
    return readScalar(file, item, (scalar) => {
      const text = referenceText(file, scalar);
      const reference = sliceText(text, text.text.indexOf('=') + 1);
      const { tag, digest } = splitIdentifiers(reference.text);
      return tag === undefined && digest === undefined ? [] : literalReference(reference);
    });
  }
  const nameScalar = scalarOf(valueOf(map, 'newName')) ?? scalarOf(valueOf(map, 'name'));
  const tag = scalarOf(valueOf(map, 'newTag'));
  const digest = scalarOf(valueOf(map, 'digest'));
  if (nameScalar === undefined || (tag ?? digest) === undefined) return [];
  const parts = { ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
  const keys = { map, name: nameScalar.text.trim(), nameScalar, ...parts, traits: misreadTraits(tag) };
  return [keyedReference(file, keys, true)];
}
