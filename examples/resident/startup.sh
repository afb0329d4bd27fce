#!/bin/sh
# Lines for the start-up script of a workspace template: the agent's shells find the helper by HOME, or by
# XDG_RUNTIME_DIR where the image of the workspace sets it. A failure does not stop the start-up: calls then
# start a JVM each.
coder resident start --idle 8760h || true
