/** What every part of the benchmark is given. */
export interface BenchContext {
  /** The repository. */
  readonly root: string;
  /** The folder of the built actions. */
  readonly dist: string;
  /** A folder that is removed at the end: HOME and the runner's files. */
  readonly temp: string;
  /** An empty workspace; logins in a workspace would be ignored. */
  readonly workspace: string;
  /** About one minute instead of several. */
  readonly quick: boolean;
  /** Tells what is being done. */
  readonly say: (text: string) => void;
}
