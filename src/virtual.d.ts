/** Made at build time, by `server/vite-languages.ts`; development does without. */
declare module 'virtual:english' {
  const all: ((inputs: unknown) => string)[]
  export default all
}
