#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""browser.py CHROMIUM: a headless browser that is asked things, without a network. Reads lines from
standard input and prints one line of JSON for each:

  open URL                  opens a page in a window of its own and waits for it; what the browser
                            complained of, as a list
  media light|dark|print    how it is to be looked at
  width PIXELS              how wide the window is
  shot FILE                 a picture of the whole page, as PNG
  anything else             JavaScript: its value, or {"error": ...}. The page's policy is for the
                            page: it does not hold here.
"""
import base64
import json
import os
import select
import subprocess
import sys
import tempfile
import time

DEADLINE = 60


class Browser:
    def __init__(self, program, directory):
        to_browser, self.out = os.pipe()
        self.into, from_browser = os.pipe()

        def descriptors():  # 3 and 4 are where the browser looks
            low, high = os.dup(to_browser), os.dup(from_browser)
            low, high = [os.dup2(fd, fd + 100) for fd in (low, high)]
            os.dup2(low, 3)
            os.dup2(high, 4)

        self.process = subprocess.Popen(
            [program, '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
             '--no-first-run', '--hide-scrollbars', '--remote-debugging-pipe',
             f'--user-data-dir={directory}', 'about:blank'],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False,
            preexec_fn=descriptors)
        self.number, self.session, self.left, self.events = 0, None, b'', []

    def message(self):
        end = time.monotonic() + DEADLINE
        while b'\0' not in self.left:
            if not select.select([self.into], [], [], max(0, end - time.monotonic()))[0]:
                sys.exit('no answer from the browser')
            data = os.read(self.into, 1 << 20)
            if not data:
                sys.exit('the browser is gone')
            self.left += data
        line, self.left = self.left.split(b'\0', 1)
        return json.loads(line)

    def call(self, method, **parameters):
        self.number += 1
        said = {'id': self.number, 'method': method, 'params': parameters}
        if self.session:
            said['sessionId'] = self.session
        os.write(self.out, json.dumps(said).encode() + b'\0')
        while (answer := self.message()).get('id') != self.number:
            self.events.append(answer)
        if 'error' in answer:
            sys.exit(f'{method}: {answer["error"]}')
        return answer['result']

    def open(self, url):
        self.session = None
        target = self.call('Target.createTarget', url='about:blank')['targetId']
        self.session = self.call('Target.attachToTarget', targetId=target,
                                 flatten=True)['sessionId']
        for domain in 'Page', 'Runtime', 'Log', 'Audits':
            self.call(f'{domain}.enable')
        self.events = []
        self.call('Page.navigate', url=url)
        while not any(e.get('method') == 'Page.loadEventFired' for e in self.events):
            self.events.append(self.message())
        self.value('new Promise(done => setTimeout(done, 200))')  # what comes late
        return [self.complaint(e) for e in self.events if self.complaint(e)]

    def complaint(self, event):
        of = event.get('params', {})
        if event.get('method') == 'Log.entryAdded':
            return of['entry']['text']
        if event.get('method') == 'Runtime.exceptionThrown':
            return of['exceptionDetails'].get('text', 'an exception')
        if event.get('method') == 'Audits.issueAdded':
            return of['issue']['code']
        if event.get('method') == 'Page.javascriptDialogOpening':
            return 'a dialogue'
        return None

    def value(self, expression):
        result = self.call('Runtime.evaluate', expression=expression, returnByValue=True,
                           awaitPromise=True)
        if 'exceptionDetails' in result:
            return {'error': result['exceptionDetails']['exception'].get('description')}
        return result['result'].get('value')

    def media(self, media):
        dark = 'dark' if media == 'dark' else 'light'
        self.call('Emulation.setEmulatedMedia', media='print' if media == 'print' else 'screen',
                  features=[{'name': 'prefers-color-scheme', 'value': dark}])

    def width(self, width):
        self.call('Emulation.setDeviceMetricsOverride', width=int(width), height=900,
                  deviceScaleFactor=1, mobile=False)

    def shot(self, path):
        picture = self.call('Page.captureScreenshot', captureBeyondViewport=True)
        with open(path, 'wb') as file:
            file.write(base64.b64decode(picture['data']))


def main():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        browser = Browser(sys.argv[1], directory)
        for line in sys.stdin:
            word, _, rest = line.strip().partition(' ')
            if word in ('open', 'media', 'width', 'shot'):
                value = getattr(browser, word)(rest)
            else:
                value = browser.value(line)
            print(json.dumps(value, ensure_ascii=False, separators=(',', ':')), flush=True)
        browser.process.terminate()
        browser.process.wait()


main()
