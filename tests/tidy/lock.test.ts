// The lock is whole: each dependency resolves in it, versions are exact, and it names no registry.
import { expect, test } from 'vitest'
import { files, read } from './tree.ts'

type Entry = { link?: boolean; resolved?: string; dependencies?: Record<string, string> }
type Manifest = Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string> | undefined>

const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Entry> }

/** The folder above in which Node would look next; undefined above the root. */
function above(place: string): string | undefined {
  if (place === '') return undefined
  const nested = place.lastIndexOf('/node_modules/')
  if (nested > 0) return place.slice(0, nested)
  return place.startsWith('node_modules/') ? '' : place.split('/').slice(0, -1).join('/')
}

function resolves(from: string, name: string): boolean {
  for (let place: string | undefined = from; place !== undefined; place = above(place)) {
    if (packages[`${place === '' ? '' : `${place}/`}node_modules/${name}`]) return true
  }
  return false
}

test('every dependency resolves in the lock', () => {
  const missing = Object.entries(packages).flatMap(([place, { link, dependencies = {} }]) =>
    link
      ? []
      : Object.keys(dependencies)
          .filter((name) => !resolves(place, name))
          .map((name) => `${name} of ${place}`),
  )
  expect(missing).toEqual([])
})

test('the lock does not say where packages come from', () => {
  const named = Object.entries(packages).flatMap(([place, { link, resolved }]) => (!link && resolved?.startsWith('http') ? [place] : []))
  expect(named).toEqual([])
})

test('versions are exact', () => {
  const loose = files
    .filter((file) => /^([a-z]+\/)?package\.json$/.test(file))
    .flatMap((file) => {
      const manifest = JSON.parse(read(file)) as Manifest
      const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
      return Object.entries(all).flatMap(([name, version]) =>
        /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) ? [] : [`${file}: ${name} ${version}`],
      )
    })
  expect(loose).toEqual([])
})
