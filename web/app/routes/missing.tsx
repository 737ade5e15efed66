// Any other address: a page that says what is not here.
import { data } from 'react-router'

export function loader() {
  throw data(null, { status: 404 })
}

export default function Missing() {
  return null
}
