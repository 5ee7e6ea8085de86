/** Tests that need nothing but Node: `npm test`. The tests against a real registry are in jest.registry.config.js. */
export default {
  testEnvironment: 'node',
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/strip-types.js' },
  globalSetup: '<rootDir>/__tests__/transcripts/build-once.ts',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/contract/'],
  // Transcripts start processes; on a machine that has other work, five seconds are not enough for some of them.
  testTimeout: 30_000,
  // Much of the time is other processes' and waiting: a core need not be left free.
  maxWorkers: '100%',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  collectCoverageFrom: ['src/**/*.ts'],
};
