package preflab.engine.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small templates, each about one corner of the language. */
final class Constructs {

    private static final List<String> TEMPLATES = List.of(
            "{{ messages[-1].content[::-1] }}|{{ messages[0].content[1:3] }}",
            "{{ messages[0]['content'][-3:] }}|{{ messages[0].content[5:1:-2] }}|{{ 'abc'[10:] }}|{{ 'abc'[-9] }}",
            "a\n  {% if true %}  \n b\n  {%- if 1 %} c {% endif -%}  \n\n d {% endif %}\n\ne\n\n",
            "x {# one #}\n  {# two #}\n{#- three -#}  y\n{{ 1 }}\n{{- 2 -}}\n 3\n",
            "  {%+ if true %}a{% endif +%}\nb\n{% raw -%}\n {{ x }} {%- endraw %}\n z",
            "{% raw %}\n {{ a }}\n  {% endraw %}\nb", "{% for m in messages %}\n  {{ loop.index }}/{{ loop.length }} "
                    + "{{ loop.first }} {{ loop.last }} {{ loop.revindex }} {{ loop.revindex0 }} "
                    + "{{ loop.previtem.role }} {{ loop.nextitem is defined }} {{ loop.cycle('a', 'b') }}\n{% endfor %}",
            "{% for m in messages %}{{ loop.changed(m.role) }}{% for c in m.content[:3] %}{{ loop.depth }}{{ c }}"
                    + "{% endfor %}{% else %}none{% endfor %}",
            "{% for m in messages if m.role == 'user' %}{{ loop.index }}{{ loop.last }}{{ m.content }}{% endfor %}",
            "{% for k, v in messages[0].items() %}{{ k }}={{ v }};{% endfor %}"
                    + "{% for k, v in messages[0] | dictsort %}{{ k }}{% endfor %}",
            "{% set a, b = 1, 'x' %}{{ a }}{{ b }}{% set c = (1,) %}{{ c }}{{ (1, 'a') }}{{ () }}",
            "{% set ns = namespace(a=1, b=none) %}{% for m in messages %}{% set ns.a = ns.a * 2 %}{% set x = 1 %}"
                    + "{% endfor %}{{ ns.a }}{{ ns.b }}{{ x is defined }}",
            "{% set t %} {{ messages[0].role }} {% endset %}[{{ t }}]{% set u | upper | trim %} q {% endset %}[{{ u }}]",
            "{% filter upper %}a{{ messages[0].role }}{% endfilter %}{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}"
                    + "{{ a is defined }}",
            "{% macro m(a, b=2, c='z') %}<{{ a }}{{ b }}{{ c }}{{ d }}>{% endmacro %}{% set d = 5 %}{{ m(1) }}"
                    + "{{ m(1, c=3) }}{{ m() }}{{ m('q') ~ 'r' }}{{ m(1) | length }}",
            "{{ 1 + 2 * 3 - 4 // 3 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 2 ** 3 ** 2 }} {{ 1 / 4 }} {{ 2 ** -1 }} {{ 4 / 2 }}",
            "{{ 1.0 }} {{ 0.1 + 0.2 }} {{ 1e20 }} {{ 1e-7 }} {{ 123456789012345680.0 }} {{ 3 * 1.5 }} {{ -0.0 }}",
            "{{ true + 1 }} {{ true == 1 }} {{ 'a' * 3 }} {{ [1] + [2, 'b'] }} {{ 1 ~ none ~ true ~ 2.50 }} {{ [1] * 2 }}",
            "{{ not true or 1 and 'x' }} {{ none or 'd' }} {{ 0 and 1 }} {{ 1 < 2 <= 2 != 3 }} {{ 'a' < 'b' }}",
            "{{ 'a' if false }}|{{ 'a' if true else 'b' if x else 'c' }}|{{ (1 if none else 2) + 3 }}",
            "{{ x }}{{ x | default('d') }}{{ '' | default('e', true) }}{{ none | d('f') }}{{ x == y }}{{ x | length }}"
                    + "{{ 'a' in x }}{{ x | list }}{% for i in x %}!{% endfor %}{{ x is none }}{{ x | trim }}",
            "{{ x.y }}", "{{ x + 'a' }}", "{{ messages[9].role }}", "{{ messages[9] is defined }}",
            "{{ messages[0].nothing is undefined }}{{ messages[0].get('nothing') }}{{ messages[0].get('nothing', 3) }}",
            "{{ [1, 'a', none, true, 1.5, [2], {'k': 'v'}, \"it's\", 'a\"b', 'a\\'\"b'] }}",
            "{{ ['tab\\t', 'nl\\n', 'back\\\\', 'é', '🙂', '\\x01'] }}{{ {'a': [], 'b': {}} }}",
            "{{ ' a b  c '.split() }}{{ 'a,b,,c'.split(',') }}{{ 'a,b,c'.split(',', 1) }}{{ 'a,b,c'.rsplit(',', 1) }}"
                    + "{{ ' a  b c '.split(none, 1) }}{{ 'x--y'.partition('--') }}",
            "{{ 'xxabcx'.strip('x') }}|{{ 'xyabc'.lstrip('yx') }}|{{ ' a\u00a0\u2003'.rstrip() }}|{{ '\\n a'.strip() }}",
            "{{ 'abc'.startswith('ab') }}{{ 'abc'.endswith(('x', 'c')) }}{{ 'abcabc'.find('c') }}{{ 'abc'.find('z') }}"
                    + "{{ 'aXbX'.replace('X', '-') }}{{ 'aXbX'.replace('X', '-', 1) }}{{ 'abab'.count('ab') }}",
            "{{ 'hello wORLD it\\'s'.title() }}|{{ 'hello wORLD'.capitalize() }}|{{ 'aß'.upper() }}|{{ 'ÀB'.lower() }}",
            "{{ 'hello wORLD-x (y' | title }}|{{ 'hELLO' | capitalize }}|{{ 'a' | upper }}|{{ 12 | string + 'x' }}",
            "{{ '-'.join(['a', 'b']) }}{{ [1, none, 'x'] | join(', ') }}{{ messages | map(attribute='role') | join('/') }}",
            "{{ messages | selectattr('role', 'equalto', 'user') | list | length }}"
                    + "{{ (messages | rejectattr('role', 'in', ['user', 'system']) | list)[0].role }}"
                    + "{{ messages | selectattr('tool_calls', 'defined') | list | length }}",
            "{{ [3, 1, 2] | sort }}{{ ['b', 'A', 'a'] | sort }}{{ [1, 2] | sort(reverse=true) }}"
                    + "{{ [1, 2, 1] | unique | list }}{{ [1, 2, 3] | select('odd') | list }}"
                    + "{{ [0, 1] | reject | list }}{{ [1, 2] | reverse | list }}{{ 'abc' | reverse }}",
            "{{ messages | map('tojson') | join(' ') }}{{ ['a '] | map('trim') | list }}{{ [1, 2] | first }}"
                    + "{{ [1, 2] | last }}{{ [] | first }}{{ 'abc' | last }}{{ 'abc' | list }}",
            "{{ messages | tojson }}{{ messages | tojson(indent=2) }}{{ 'é\"\\n\\u0001/<' | tojson }}"
                    + "{{ [1.0, 1e30, true, none] | tojson }}",
            "{{ {'b': 1, 'a': [1, {}]} | tojson(sort_keys=true, separators=(',', ':')) }}{{ [] | tojson(indent=4) }}",
            "{{ 'a\\nb\\n\\nc' | indent(2) }}|{{ 'a\\nb' | indent(3, true) }}|{{ 'a\\n' | indent }}|",
            "{{ '12' | int }}{{ 'x' | int }}{{ 3.9 | int }}{{ ' 7 ' | int }}{{ '2.5' | float }}{{ -3 | abs }}{{ 'x' | int(9) }}",
            "{{ 1 is number }}{{ true is number }}{{ 1 is integer }}{{ 1.5 is float }}{{ 'a' is string }}{{ [] is sequence }}"
                    + "{{ {} is mapping }}{{ 'a' is iterable }}{{ 1 is iterable }}{{ true is boolean }}{{ 1 is true }}",
            "{{ 3 is odd }}{{ 4 is even }}{{ 9 is divisibleby 3 }}{{ 1 is eq 1 }}{{ 1 is ne(2) }}{{ 'a' is in 'abc' }}"
                    + "{{ none is none }}{{ none is not none }}{{ 'A' is upper }}{{ 'a' is lower }}{{ range is callable }}",
            "{% for i in range(5) %}{% if i == 1 %}{% continue %}{% elif i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}"
                    + "{{ range(2, 8, 3) | list }}{{ range(3, 0, -1) | list }}",
            "{{ strftime_now('%Y-%m-%d %B %b %A %a %H:%M:%S %j %y %% %I %p') }}",
            "{% generation %}x{% endgeneration %}{{ {'a': {'b': 1}}['a']['b'] }}{{ {'a': 1}.a }}{{ [[1, 2]][0][1] }}",
            "{{ 'a' 'b' \"c\" }}{{ '\\u00e9\\x41\\t|\\q' }}{{ \"it's\" }}{{ 'a\\\nb' }}",
            "{{ {'items': 1}.items is callable }}{{ {'items': 1}['items'] }}{{ messages[0].keys() | list }}",
            "{{ 'abc' | length }}{{ '🙂é' | length }}{{ '🙂é'[0] }}{{ 'x🙂y'[1:2] }}{{ [1, [2]] == [1, [2]] }}{{ (1,) == [1] }}",
            "{{ raise_exception('no ' ~ 1) }}", "{{ 5 | trim }}{{ none | upper }}{{ true | lower }}{{ [1] | string }}",
            "{{ messages[0].content | replace('a', 'b') | trim | upper | length }}{{ (1, 2) | join }}{{ 1 if not false }}",
            "{% if x %}a{% elif messages %}b{% else %}c{% endif %}{% if not messages is defined %}d{% endif %}",
            "{{ - 1 | abs }}{{ -2 ** 2 }}{{ 'a' ~ 1 + 2 }}{{ 'x' is defined and true }}{{ (1 is odd) in [true] }}",
            "a\r\nb\rc\n", "\n{% if 1 %}\n\n{% endif %}\n", "{{ 'x' }}\n", "   {{ 'x' }}   \n  {%- set a = 1 %}\n  y",
            "{% set x = messages[0] %}{% set x = x.role %}{{ x }}{% if true %}{% set y = 2 %}{% endif %}{{ y }}",
            "{% for a in [1, 2] %}{% for b in [3] %}{{ loop.index }}{{ a }}{{ b }}{% endfor %}{{ loop.index }}{% endfor %}",
            "{% for m in messages | map(attribute='role') %}{{ loop.length }}{{ m }}{% endfor %}",
            "{% set s = [1, 2] | map('string') %}{{ s | join }}{{ s | join }}{{ s is iterable }}{{ s is sequence }}",
            "{{ dict(a=1, b='x') }}{{ dict({'q': 1}) }}{{ namespace(a=1).a }}", "{{ 'a\\nb\\r\\nc'.splitlines() }}",
            "{{ 'prefix-x'.removeprefix('prefix-') }}{{ 'x.py'.removesuffix('.py') }}{{ '12'.isdigit() }}{{ ''.isdigit() }}");

    private Constructs() {
    }

    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        TEMPLATES.forEach(template -> all.put("construct " + template, template));
        return all;
    }
}
