/* SPDX-License-Identifier: MIT */
#ifndef CLI_BROWSE_HTML_ASSETS_H
#define CLI_BROWSE_HTML_ASSETS_H

/* browse-html.css and browse-html.js as the build puts them into the program, each with a NUL at
 * its end. */
extern const unsigned char browse_style[];
extern const unsigned char browse_script[];

/* What the page's Content-Security-Policy knows them by. tests/cli/test-html.sh says the new one
 * when a file was changed. */
#define BROWSE_STYLE_HASH "sha256-VddOHFkdDgtA3yTH1oThwoo+6tbSu5dh+ClFARteuK8="
#define BROWSE_SCRIPT_HASH "sha256-qiMm9UuKfsxBsc8GIaR6Hdj3hPeNXhffcWaZhAGaFlk="

#endif
