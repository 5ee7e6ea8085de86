// Adds up jest's reports (--json) and prints "N passed, N failed". A report that is missing, a test file that could not
// be run, and a run without any test count as one failure each. Runs on any Node.js from 20.
import { readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    const broken = report.testResults.filter(({ status, assertionResults }) => {
      return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
    });
    passed += report.numPassedTests;
    failed += report.numFailedTests + broken.length;
    if (report.numPassedTests + report.numFailedTests === 0 && broken.length === 0) failed += 1;
  } catch {
    process.stdout.write(`there is no report ${path}\n`);
    failed += 1;
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
