/** Everything that CI does, in its order. Goes on after a failure and says at the end what to do. `npm run all` */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

interface Step {
  readonly name: string;
  readonly args: readonly string[];
  /** What to do when it fails. */
  readonly cure: string;
  /** Why the step cannot run here. */
  readonly skip?: string;
}

const root = join(import.meta.dirname, '..');
const hasRegistry = ['docker-registry', 'skopeo'].every((tool) => existsSync(join('/usr/bin', tool)));

const STEPS: readonly Step[] = [
  {
    name: 'build',
    args: ['build', '--', '--check'],
    cure: 'commit dist/ and the documentation that the build has written',
  },
  { name: 'types', args: ['types'], cure: 'mend what tsc says' },
  { name: 'lint', args: ['lint'], cure: 'mend what oxlint says; "npx oxlint --type-aware --fix" does some of it' },
  { name: 'format', args: ['format:check'], cure: 'npm run format' },
  { name: 'tests', args: ['test'], cure: 'mend the tests above' },
  {
    name: 'tests against a real registry',
    args: ['test:registry'],
    cure: 'mend the tests above',
    ...(hasRegistry ? {} : { skip: 'apt-get install docker-registry skopeo' }),
  },
];

const failed: Step[] = [];
for (const step of STEPS) {
  console.log(`\n=== ${step.name}`);
  if (step.skip !== undefined) continue;
  // npm is a script on Windows, which wants a shell; the arguments are ours.
  const { status } = spawnSync('npm', ['run', '--silent', ...step.args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) failed.push(step);
}

console.log('');
for (const { name, skip } of STEPS) if (skip !== undefined) console.log(`not run: ${name} (${skip})`);
for (const { name, cure } of failed) console.log(`failed: ${name}. To do: ${cure}`);
if (failed.length === 0) console.log('everything is all right');
process.exitCode = failed.length === 0 ? 0 : 1;
