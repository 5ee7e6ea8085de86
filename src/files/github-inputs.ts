import { sliceText, type MappedText } from './mapped-text.ts';
import { fieldOf } from './shell-docker.ts';

/**
 * How an input of an action holds references:
 * - `reference`: it is one, perhaps behind `docker://` or `registry://`
 * - `contexts`: lines `name=docker-image://reference`
 * - `driver-opts`: lines `image=reference`, other options beside it
 * - `nodes`: YAML, a list of nodes with `driver-opts`
 * - `cache`: lines `reference` or `type=registry,ref=reference`
 * - `generator`: lines with a field `generator=reference`
 * - `own`: lines `reference` or `name=reference` of images that the workflow makes itself
 */
export type InputShape = 'reference' | 'contexts' | 'driver-opts' | 'nodes' | 'cache' | 'generator' | 'own';

/** Inputs of well-known actions that hold references, as their action.yml describes them. */
const IMAGE_INPUTS: Readonly<Record<string, Readonly<Record<string, InputShape>>>> = {
  'docker/build-push-action': {
    'build-contexts': 'contexts',
    'cache-from': 'cache',
    sbom: 'generator',
    attests: 'generator',
    outputs: 'own',
  },
  'docker/bake-action': { set: 'contexts', sbom: 'generator' },
  'docker/metadata-action': { images: 'own' },
  'docker/setup-buildx-action': { 'driver-opts': 'driver-opts', append: 'nodes' },
  'docker/setup-qemu-action': { image: 'reference' },
  'docker/scout-action': { image: 'reference', to: 'reference' },
  'aquasecurity/trivy-action': { 'image-ref': 'reference' },
  'anchore/scan-action': { image: 'reference' },
  'anchore/sbom-action': { image: 'reference' },
  'azure/container-scan': { 'image-name': 'reference' },
  'crazy-max/ghaction-container-scan': { image: 'reference' },
  'snyk/actions/docker': { image: 'reference' },
  'erzz/dockle-action': { image: 'reference' },
  'goodwithtech/dockle-action': { image: 'reference' },
  'redhat-actions/buildah-build': { 'base-image': 'reference', image: 'own' },
  'addnab/docker-run-action': { image: 'reference' },
  'uraimo/run-on-arch-action': { base_image: 'reference' },
  'helm/kind-action': { node_image: 'reference' },
  'engineerd/setup-kind': { image: 'reference' },
  'zaproxy/action-baseline': { docker_name: 'reference' },
  'zaproxy/action-full-scan': { docker_name: 'reference' },
  'zaproxy/action-api-scan': { docker_name: 'reference' },
  'google-github-actions/deploy-cloudrun': { image: 'reference' },
};

/** The inputs of the action that a step uses, by its name without version. */
export function imageInputsOf(uses: string): Readonly<Record<string, InputShape>> {
  const name = uses.split('@')[0]?.toLowerCase() ?? '';
  return Object.hasOwn(IMAGE_INPUTS, name) ? (IMAGE_INPUTS[name] ?? {}) : {};
}

const CONTEXT = '=docker-image://';

/** The references in a line of an input. */
export function partsOf(line: MappedText, shape: Exclude<InputShape, 'nodes'>): readonly MappedText[] {
  if (shape === 'driver-opts') return fieldOf(line, 'image');
  if (shape === 'generator') return fieldOf(line, 'generator');
  if (shape === 'own') return [...fieldOf(line, 'name'), line].slice(0, 1);
  if (shape === 'contexts') {
    const at = line.text.indexOf(CONTEXT);
    return at < 0 ? [] : [sliceText(line, at + CONTEXT.length)];
  }
  if (shape === 'cache') {
    if (!line.text.includes('type=')) return [line];
    return line.text.includes('type=registry') ? fieldOf(line, 'ref') : [];
  }
  const scheme = /^(?:docker|registry):\/\//.exec(line.text)?.[0] ?? '';
  const rest = sliceText(line, scheme.length);
  return rest.text.includes('://') ? [] : [rest];
}

/** The lines of a text without blanks around them; empty ones and comments left out. */
export function linesOf(text: MappedText): readonly MappedText[] {
  const lines: MappedText[] = [];
  for (let from = 0; from < text.text.length;) {
    const newline = text.text.indexOf('\n', from);
    const end = newline < 0 ? text.text.length : newline;
    const line = text.text.slice(from, end);
    const start = from + line.length - line.trimStart().length;
    if (line.trim() !== '' && !line.trim().startsWith('#')) {
      lines.push(sliceText(text, start, start + line.trim().length));
    }
    from = end + 1;
  }
  return lines;
}
