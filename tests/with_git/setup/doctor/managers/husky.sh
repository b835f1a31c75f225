#!/usr/bin/env sh
. "$(dirname "$0")/h"