/**
 * How an input of an action holds references:
 * - `reference`: it is one, perhaps behind `docker://` or `registry://`
 * - `contexts`: lines `name=docker-image://reference`
 * - `driver-opts`: lines `image=reference`, other options beside it
 * - `nodes`: YAML, a list of nodes with `driver-opts`
 * - `cache`: lines `reference` or `type=registry,ref=reference`
 * - `generator`: lines with a field `generator=reference`
 */
export type InputShape = 'reference' | 'contexts' | 'driver-opts' | 'nodes' | 'cache' | 'generator';

/** Inputs of well-known actions that hold references, as their action.yml describes them. */
export const IMAGE_INPUTS: Readonly<Record<string, Readonly<Record<string, InputShape>>>> = {
  'docker/build-push-action': {
    'build-contexts': 'contexts',
    'cache-from': 'cache',
    sbom: 'generator',
    attests: 'generator',
  },
  'docker/bake-action': { set: 'contexts', sbom: 'generator' },
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
