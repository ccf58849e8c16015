import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

export type Launch = { executablePath: string; args: string[] }

/**
 * The Chromium that tests drive: the one `CHROMIUM` names, else one the system has, else the one
 * shipped by the npm package `@sparticuz/chromium`. Where none can be had it says what to install.
 */
export async function chromium(): Promise<Launch> {
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  const own = [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path))
  if (own) return { executablePath: own, args: quiet }
  try {
    const { default: shipped } = await import('@sparticuz/chromium')
    return { executablePath: await shipped.executablePath(), args: [...shipped.args, ...quiet] }
  } catch {
    throw new Error(
      'The tests need a Chromium: install one (Debian: apt-get install chromium), or set CHROMIUM to its path.',
    )
  }
}
