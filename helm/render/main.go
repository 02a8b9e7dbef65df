// Renders a chart as `helm template` does, as far as charts without dependencies go: for tests on machines without
// helm. Prints the manifests.
//
//	render <chart folder> <release> <namespace> [values file...]
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

type values = map[string]interface{}

func main() {
	if len(os.Args) < 4 {
		exit("usage: render <chart folder> <release> <namespace> [values file...]")
	}
	manifests, err := render(os.Args[1], os.Args[2], os.Args[3], os.Args[4:])
	if err != nil {
		exit(err.Error())
	}
	fmt.Print(manifests)
}

func exit(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(1)
}

func render(folder, release, namespace string, overrides []string) (string, error) {
	chart, err := readChart(filepath.Join(folder, "Chart.yaml"))
	if err != nil {
		return "", err
	}
	merged := values{}
	for _, path := range append([]string{filepath.Join(folder, "values.yaml")}, overrides...) {
		file, err := readYaml(path)
		if err != nil {
			return "", err
		}
		merge(merged, file)
	}
	templates, paths, err := parse(folder)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, path := range paths {
		base := filepath.Base(path)
		if strings.HasPrefix(base, "_") {
			continue
		}
		name := chart["Name"].(string) + "/templates/" + base
		var text strings.Builder
		err := templates.ExecuteTemplate(&text, path, values{
			"Values": merged,
			"Chart":  chart,
			"Release": values{
				"Name": release, "Namespace": namespace, "Service": "Helm",
				"Revision": 1, "IsInstall": true, "IsUpgrade": false,
			},
			"Template": values{"Name": name, "BasePath": chart["Name"].(string) + "/templates"},
			"Files":    files{folder},
		})
		if err != nil {
			return "", err
		}
		// As helm does: a missing key of a map of anything prints so, and is meant to be empty.
		rendered := strings.ReplaceAll(text.String(), "<no value>", "")
		if base != "NOTES.txt" && strings.TrimSpace(rendered) != "" {
			fmt.Fprintf(&out, "---\n# Source: %s\n%s\n", name, strings.TrimSpace(rendered))
		}
	}
	return out.String(), nil
}

// In templates the chart's keys are those of helm's Go structure: Name, AppVersion.
func readChart(path string) (values, error) {
	file, err := readYaml(path)
	chart := values{}
	for key, value := range file {
		chart[strings.ToUpper(key[:1])+key[1:]] = value
	}
	return chart, err
}

func readYaml(path string) (values, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	file := values{}
	if err := yaml.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return file, nil
}

// Later values win; maps are merged, and null removes a key.
func merge(into, from values) {
	for key, value := range from {
		inner, isMap := value.(values)
		existing, wasMap := into[key].(values)
		switch {
		case value == nil:
			delete(into, key)
		case isMap && wasMap:
			merge(existing, inner)
		default:
			into[key] = value
		}
	}
}

// Helm's functions are sprig's, without those that read the environment, and some of its own.
func parse(folder string) (*template.Template, []string, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "templates", "*"))
	if err != nil {
		return nil, nil, err
	}
	sort.Strings(paths)
	all := template.New("chart").Option("missingkey=zero")
	functions := sprig.TxtFuncMap()
	delete(functions, "env")
	delete(functions, "expandenv")
	functions["toYaml"] = toYaml
	functions["toJson"] = toJson
	functions["fromYaml"] = fromYaml
	functions["required"] = required
	functions["include"] = func(name string, data interface{}) (string, error) {
		var text strings.Builder
		err := all.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	all.Funcs(functions)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, nil, err
		}
		if _, err := all.New(path).Parse(string(text)); err != nil {
			return nil, nil, err
		}
	}
	return all, paths, nil
}

func toYaml(value interface{}) (string, error) {
	text, err := yaml.Marshal(value)
	return strings.TrimSuffix(string(text), "\n"), err
}

func toJson(value interface{}) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}

func fromYaml(text string) (values, error) {
	value := values{}
	err := yaml.Unmarshal([]byte(text), &value)
	return value, err
}

func required(message string, value interface{}) (interface{}, error) {
	if value == nil || value == "" {
		return nil, fmt.Errorf("%s", message)
	}
	return value, nil
}

// The files of the chart, for templates.
type files struct{ folder string }

var inside = regexp.MustCompile(`^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$`)

// Get gives a file's text; none where there is no such file, as in helm.
func (f files) Get(path string) string {
	if !inside.MatchString(path) || strings.Contains(path, "..") {
		return ""
	}
	text, err := os.ReadFile(filepath.Join(f.folder, path))
	if err != nil {
		return ""
	}
	return string(text)
}
