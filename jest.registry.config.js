/** Tests against Debian's docker-registry, filled by skopeo: `npm run test:registry`. */
import base from './jest.config.js';

export default {
  ...base,
  testMatch: ['<rootDir>/__tests__/contract/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
