/** Inputs of the actions of others that our workflows, examples and pages use, at the version that they pin. */
export const FOREIGN_ACTIONS = {
  // v4.2.2
  'actions/attest':
    'subject-path subject-digest subject-name subject-checksums subject-version sbom-path predicate-type predicate predicate-path push-to-registry create-storage-record show-summary github-token',
  // v7.0.1
  'actions/checkout':
    'repository ref token ssh-key ssh-known-hosts ssh-strict ssh-user persist-credentials path clean filter sparse-checkout sparse-checkout-cone-mode fetch-depth fetch-tags show-progress lfs submodules set-safe-directory github-server-url allow-unsafe-pr-checkout',
  // v7.0.0
  'actions/setup-node':
    'node-version node-version-file architecture check-latest registry-url scope token cache package-manager-cache cache-dependency-path mirror mirror-token',
  // v7.0.0
  'actions/upload-artifact':
    'name path if-no-files-found retention-days compression-level overwrite include-hidden-files archive',
  // v2.1.7
  'aws-actions/amazon-ecr-login': 'http-proxy mask-password registries registry-type skip-logout',
  // v6.2.3
  'aws-actions/configure-aws-credentials':
    'aws-region aws-profile overwrite-aws-profile role-to-assume aws-access-key-id aws-secret-access-key aws-session-token web-identity-token-file role-chaining audience http-proxy no-proxy mask-aws-account-id role-duration-seconds role-external-id role-session-name role-skip-session-tagging transitive-tag-keys inline-session-policy managed-session-policies output-credentials output-env-credentials unset-current-credentials disable-retry retry-max-attempts special-characters-workaround use-existing-credentials allowed-account-ids force-skip-oidc action-timeout-s custom-tags sts-endpoint',
  // v7.1.0
  'docker/bake-action':
    'builder allow call files no-cache pull load provenance push sbom set source targets vars github-token',
  // v7.3.0
  'docker/build-push-action':
    'add-hosts allow annotations attests build-args build-contexts builder cache-from cache-to call cgroup-parent context file labels load network no-cache no-cache-filters outputs platforms provenance pull push sbom secrets secret-envs secret-files shm-size ssh tags target ulimit github-token',
  // v4.1.0
  'docker/login-action': 'registry username password ecr scope logout registry-auth',
  // v6.2.0
  'docker/metadata-action':
    'context images tags flavor labels annotations sep-tags sep-labels sep-annotations bake-target github-token',
  // v4.3.0
  'docker/setup-buildx-action':
    'version driver driver-opts buildkitd-flags buildkitd-config buildkitd-config-inline use name endpoint platforms append keep-state cache-binary cleanup',
  // v4
  'github/codeql-action/upload-sarif': 'sarif_file checkout_path ref sha token matrix category wait-for-processing',
  // v4.1.2
  'sigstore/cosign-installer': 'cosign-release install-dir use-sudo',
} as const satisfies Readonly<Record<string, string>>;
