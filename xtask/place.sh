#!/bin/sh
# Called by Trunk when everything is built: the widget's files get their public names.
set -eu
cd "$TRUNK_STAGING_DIR/app"
# Trunk names the files of a library after the package, and the glue looks for its module under
# that name; those of a program called `app` have their names already.
if [ -f partner-desk.js ]; then
  mv partner-desk_bg.wasm app_bg.wasm
  sed 's/partner-desk_bg\.wasm/app_bg.wasm/' partner-desk.js > app.js
  rm partner-desk.js
fi
# One sheet is one request; the parts are named in the order in which they apply.
cat styles/*.css > app.css
rm -r styles
# With `inject_scripts = false` Trunk leaves its own link in the page.
cd ..
sed -e '/<link data-trunk[^>]*>/d' -e '/<link data-trunk/,/>/d' index.html > page.html
mv page.html index.html
