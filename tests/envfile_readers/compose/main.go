// Reads each file named as `docker compose` reads `env_file:` and prints what it sets, values in hex.
//
//	go build -o "$DEVSECRETS_TEST_PARTS/compose-env" .
package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"log"
	"os"

	"github.com/compose-spec/compose-go/v2/dotenv"
)

// A name the process environment does not have, as in an empty environment.
func unset(string) (string, bool) { return "", false }

func read(path string) map[string]string {
	text, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	values, err := dotenv.ParseWithLookup(bytes.NewReader(text), unset)
	if err != nil {
		return nil
	}
	seen := map[string]string{}
	for key, value := range values {
		// What is not UTF-8 is sent to the engine as U+FFFD.
		seen[key] = hex.EncodeToString([]byte(string([]rune(value))))
	}
	return seen
}

func main() {
	all := []map[string]string{}
	for _, path := range os.Args[1:] {
		all = append(all, read(path))
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		log.Fatal(err)
	}
}
