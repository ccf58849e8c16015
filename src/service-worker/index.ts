/**
 * The service worker: what a device shows when there is no network.
 *
 * It never answers while the network does: every page, script and call comes from the server, so
 * nothing of an earlier version can be seen. Its cache holds typefaces and icons only. What it shows
 * of a plan comes from the copy that somebody wanted on a device of their own, drawn as a page
 * without scripts. It is there only on such devices, and where the product was installed.
 */
import { version } from '$app/env'
import { assets } from '$app/manifest'
import { self as worker } from '$app/service-worker'
import { readable } from '#lib/live/kept-plans.ts'
import { offlinePage } from '#lib/home/offline-page.ts'
import tokens from '#lib/look/tokens.css?inline'
import base from '#lib/look/base.css?inline'
import own from '#lib/home/offline.css?inline'

const CACHE = `shell-${version}`
/** Typefaces, icons and the mark: what the page is drawn with. Nothing of a plan is among them. */
const SHELL = assets
  .map(({ path }) => `/${path.replace(/^\//, '')}`)
  .filter((path) => /^\/(fonts\/.+\.woff2|icons\.svg|mark\.svg)$/.test(path))

worker.addEventListener('install', (event) => {
  const fill = async () => {
    const cache = await caches.open(CACHE)
    await cache.addAll(SHELL.map((path) => new Request(path, { cache: 'reload' })))
    await worker.skipWaiting()
  }
  event.waitUntil(fill())
})

worker.addEventListener('activate', (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name)
    await worker.clients.claim()
  }
  event.waitUntil(tidy())
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate')
    event.respondWith(fetch(request).catch(() => withoutNetwork(pathname)))
  else if (SHELL.includes(pathname))
    event.respondWith(fetch(request).catch(() => fromShell(pathname)))
})

async function fromShell(path: string): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? Response.error()
}

async function withoutNetwork(path: string): Promise<Response> {
  const kept = path.startsWith('/scherm') ? [] : await readable().catch(() => [])
  const nonce = crypto.randomUUID()
  const page = offlinePage(kept, {
    path,
    offline: !navigator.onLine,
    locale: navigator.language.startsWith('en') ? 'en' : 'nl',
    css: `${tokens}\n${base}\n${own}`,
    nonce,
  })
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return new Response(page, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  })
}
