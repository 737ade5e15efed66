// The shape of the build: pages are made on the server, into web/build.
import type { Config } from '@react-router/dev/config'

export default { ssr: true, appDirectory: 'app', buildDirectory: 'build' } satisfies Config
