// The front door of the channels, for those who put a server of their own before the house: benchmarks and simulators.
export { houseFor } from './rooms.ts'
export { makeServer } from './server.ts'
