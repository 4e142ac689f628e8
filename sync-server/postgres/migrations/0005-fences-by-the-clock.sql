-- A sequence goes back with its database: after a restore it gave out fences that runners still held.
drop sequence turn_fence;
