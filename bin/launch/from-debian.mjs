// What the tests need of the system, installed where it may be. A program of its own: it needs none of our packages, so it
// runs beside their installation, which keeps the network or one processor busy but seldom both.
import { wishForChromium } from './chromium.mjs'
import { wishForSandbox } from './sandbox.mjs'

wishForSandbox()
wishForChromium()
