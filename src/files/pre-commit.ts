import { sitesOf } from './dockerfile.ts';
import { distinctReferences, type FoundReference } from './found-reference.ts';
import type { Format, FormatOptions, SourceFile } from './site.ts';
import { imageArgument } from './shell-docker.ts';
import { RUN_OPTIONS } from './shell-options.ts';
import { readCommands } from './shell.ts';
import { itemsOf, mapOf, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { literalReference, misreadTraits, namedReferences, referenceText } from './yaml-site.ts';
import { readYaml, spend, type YamlFile, type YamlMap } from './yaml.ts';

/*
 * pre-commit (pre-commit.com, "docker_image"): the entry is what stands behind `docker run`: options, the image, and
 * arguments. Hooks stand in the configuration, or in the list that a repository of hooks publishes.
 */

function find(file: SourceFile, { imageKeys }: FormatOptions): ReturnType<Format['find']> {
  const yaml = readYaml(file.text);
  const found: FoundReference[] = [];
  for (const document of yaml.documents) {
    const root = mapOf(document);
    const repositories = root === undefined ? [] : itemsOf(valueOf(root, 'repos')).map(mapOf);
    const lists = repositories.map((map) => (map === undefined ? undefined : valueOf(map, 'hooks')));
    for (const list of [...lists, document]) {
      for (const hook of itemsOf(list)) found.push(...hookReference(yaml, mapOf(hook)));
    }
  }
  return sitesOf('pre-commit', file, distinctReferences([...found, ...namedReferences(yaml, imageKeys)]));
}

function hookReference(file: YamlFile, hook: YamlMap | undefined): readonly FoundReference[] {
  spend(file);
  if (hook === undefined || textOf(valueOf(hook, 'language')) !== 'docker_image') return [];
  const entry = scalarOf(valueOf(hook, 'entry'));
  spend(file, 4 + Math.ceil((entry?.text.length ?? 0) / 2));
  // pre-commit splits words as a shell does, but knows no commands: a new line is a blank.
  const words = entry === undefined ? [] : readCommands(referenceText(file, entry)).flat();
  const image = imageArgument(words, RUN_OPTIONS);
  if (entry === undefined || image === undefined || image.dynamic) return [];
  return literalReference(image.text, misreadTraits(entry));
}

/** Configurations and lists of pre-commit. */
export const preCommit: Format = {
  id: 'pre-commit',
  title: 'pre-commit',
  files: ['.pre-commit-config.yaml', '.pre-commit-hooks.yaml'],
  places: ['the image in `entry` of hooks whose `language` is `docker_image`'],
  matches: (path) => (/(?:^|\/)\.pre-commit-(?:config|hooks)\.ya?ml$/.test(path) ? 'yes' : 'no'),
  mayContain: (text) => text.includes('docker_image'),
  find,
};
