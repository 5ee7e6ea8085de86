/* An OCI image layout on disk, from which skopeo and other tools push. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { descriptor, TYPES, type Manifest } from './oci.ts';

/** Every manifest below these ones, themselves included, each once, children before their parents. */
export function withChildren(manifests: Iterable<Manifest>): readonly Manifest[] {
  const seen = new Map<string, Manifest>();
  const visit = (manifest: Manifest): void => {
    if (seen.has(manifest.digest)) return;
    manifest.children.forEach(visit);
    seen.set(manifest.digest, manifest);
  };
  for (const manifest of manifests) visit(manifest);
  return [...seen.values()];
}

/** Writes a layout whose index names each manifest by `tags`: `skopeo copy --all oci:<folder>:<tag> docker://…`. */
export async function writeOciLayout(folder: string, tags: Readonly<Record<string, Manifest>>): Promise<void> {
  const write = async (digest: string, bytes: Uint8Array): Promise<void> => {
    const [algorithm = '', hex = ''] = digest.split(':');
    await mkdir(join(folder, 'blobs', algorithm), { recursive: true });
    await writeFile(join(folder, 'blobs', algorithm, hex), bytes);
  };
  for (const manifest of withChildren(Object.values(tags))) {
    await write(manifest.digest, manifest.bytes);
    for (const part of manifest.blobs) await write(part.digest, part.bytes);
  }
  const manifests = Object.entries(tags).map(([tag, manifest]) =>
    descriptor(manifest, { annotations: { 'org.opencontainers.image.ref.name': tag } }),
  );
  const index = { schemaVersion: 2, mediaType: TYPES.ociIndex, manifests };
  await writeFile(join(folder, 'index.json'), JSON.stringify(index));
  await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
}
