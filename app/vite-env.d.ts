/// <reference types="vite/client" />

/** The version of PGlite the build holds; set by `bin/prebuilt-database-plugin.ts`. */
declare const __PGLITE_VERSION__: string

/** The version of Slipway this page is; set there too. */
declare const __SLIPWAY_VERSION__: string
