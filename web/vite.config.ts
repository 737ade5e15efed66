// Builds the pages into one server bundle; our own packages go inside it, so that the bundle runs wherever Node runs.
import { reactRouter } from '@react-router/dev/vite'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [reactRouter()], build: { assetsInlineLimit: 0 }, ssr: { noExternal: [/^@payung\//] } })
