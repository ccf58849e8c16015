/** What `npm test` runs: every project of Vitest, closed by one line of totals. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numFailedTestSuites: number
  success: boolean
}

const folder = mkdtempSync(join(tmpdir(), 'aan-tafel-tests-'))
const file = join(folder, 'report.json')
const args = [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${file}`,
  ...process.argv.slice(2),
]
const { status } = spawnSync('vitest', args, {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})

let [passed, failed, skipped] = [0, 1, 0]
if (existsSync(file)) {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  passed = report.numPassedTests
  skipped = report.numPendingTests + report.numTodoTests
  failed = report.numFailedTests
  // a file that could not be read, or a run that ended badly, is a failure as well
  if (failed === 0 && (status !== 0 || !report.success))
    failed = Math.max(1, report.numFailedTestSuites)
} else console.error('Vitest did not come to an end; what it said stands above.')
rmSync(folder, { recursive: true, force: true })

if (skipped > 0) {
  console.log(
    `${skipped} tests were skipped because this machine lacks a part they need (see above).`,
  )
  if (process.env.CI) failed += skipped
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
