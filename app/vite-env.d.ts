/// <reference types="vite/client" />

/** The version of PGlite the build holds; set by `bin/prebuilt-database-plugin.ts`. */
declare const __PGLITE_VERSION__: string
