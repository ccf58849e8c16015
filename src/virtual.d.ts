/** Made at build time, by `server/vite-languages.ts`. */
declare module 'virtual:english' {
  const all: Record<string, (inputs: unknown) => string>
  export default all
}
