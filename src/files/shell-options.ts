/*
 * Options of the commands that name an image, with whether a value follows: without that the image cannot be told from
 * an option's value. Sources: docker/cli docs/reference/commandline/{container_run,image_pull}.md, podman-run(1),
 * podman-pull(1), nerdctl docs/command-reference.md.
 */

/** What is known of a command's options. */
export interface OptionTable {
  /** Long and short names of options that take a value. */
  readonly values: ReadonlySet<string>;
  /** Long and short names of options that stand alone. */
  readonly flags: ReadonlySet<string>;
}

function table(values: string, flags: string): OptionTable {
  return { values: new Set(values.split(/\s+/)), flags: new Set(flags.split(/\s+/)) };
}

/** Options of `run` and `create`: docker's, then those that only podman and nerdctl have. */
export const RUN_OPTIONS: OptionTable = table(
  `add-host annotation attach a blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cidfile
  cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares c cpus cpuset-cpus cpuset-mems
  detach-keys device device-cgroup-rule device-read-bps device-read-iops device-write-bps device-write-iops dns
  dns-opt dns-option dns-search domainname entrypoint env e env-file expose gpus group-add health-cmd health-interval
  health-retries health-start-interval health-start-period health-timeout hostname h io-maxbandwidth io-maxiops ip ip6
  ipc isolation kernel-memory label l label-file link link-local-ip log-driver log-opt mac-address memory m
  memory-reservation memory-swap memory-swappiness mount name net net-alias network network-alias oom-score-adj pid
  pids-limit platform publish p pull restart runtime security-opt shm-size stop-signal stop-timeout storage-opt sysctl
  tmpfs ulimit user u userns uts volume v volume-driver volumes-from workdir w
  arch authfile cert-dir cgroup-conf cgroups chrootdirs conmon-pidfile creds decryption-key gidmap group-entry
  health-log-destination health-max-log-count health-max-log-size health-on-failure health-startup-cmd
  health-startup-interval health-startup-retries health-startup-success health-startup-timeout hosts-file hostuser
  image-volume init-ctr init-path os passwd-entry personality pidfile pod pod-id-file preserve-fd preserve-fds rdt-class
  requires retry retry-delay sdnotify seccomp-policy secret shm-size-systemd subgidname subuidname systemd timeout tz
  uidmap umask unsetenv variant
  cosign-key ipfs-address rdt-class snapshotter verify`,
  `detach d disable-content-trust help init interactive i no-healthcheck oom-kill-disable privileged publish-all P
  quiet q read-only rm sig-proxy tty t use-api-socket
  env-host http-proxy no-hostname no-hosts passwd read-only-tmpfs replace rmi rootfs tls-verify unsetenv-all`,
);

/** Options of `pull`. */
export const PULL_OPTIONS: OptionTable = table(
  `platform arch authfile cert-dir creds decryption-key os policy retry retry-delay variant
  cosign-key ipfs-address snapshotter verify unpack`,
  'all-tags a disable-content-trust quiet q help tls-verify all-platforms',
);

/** Options in front of docker's, podman's and nerdctl's commands. */
export const GLOBAL_OPTIONS: OptionTable = table(
  `config context c host H log-level l tlscacert tlscert tlskey connection identity module url root runroot
  storage-driver storage-opt namespace n address snapshotter data-root cgroup-manager`,
  'debug D tls tlsverify help v version remote r',
);
